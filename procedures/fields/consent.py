"""One tick: a commitment, an agreement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.fields.parts import foreign
from procedures.plugins import FieldType, Kept, Question

TICKED = "yes"


class Consent(FieldType):
    """A box that is never ticked beforehand. Kept: true; nothing while it is not ticked."""

    slug = "consent"
    label = _("Consent")
    icon = "tick"
    palette = "structure"
    doc = _("A box to tick: “I agree that…”. Where an answer is needed, nobody goes on without ticking it.")
    examples = [("yes", True), ("on", True), (True, True), ("", None), (False, None)]
    operators = ("is", "is_answered", "is_empty")
    reading = "boolean"
    words = ("statement",)

    def sample(self) -> Question:
        """With its words."""
        return replace(super().sample(), options={"statement": "J’accepte que la photo soit publiée."})

    def option_blocks(self) -> dict[str, blocks.Block]:
        """The words beside the box."""
        return {
            "statement": blocks.TextBlock(
                required=False,
                max_length=1000,
                rows=3,
                label=_("Words beside the box"),
                help_text=_("“I agree that…”: what exactly, for how long. Left empty: the question itself."),
            )
        }

    def form_field(self, question: Question) -> forms.Field:
        """The question as a legend, then the box with its words."""
        return ConsentField(
            question,
            label=question.label,
            help_text=question.help,
            required=question.required,
            error_messages={"required": _("Tick the box to go on.")},
        )

    def keep(self, cleaned: Any) -> Kept:
        """True or nothing: a box that is not ticked says neither yes nor no."""
        return True if cleaned else None

    def compared(self, typed: str, question: Question) -> Kept:
        """Only « yes » can be compared with. Raises ValidationError."""
        if typed != TICKED:
            raise ValidationError(_("Compare with “yes”; a box that is not ticked has no answer."))
        return True

    def restore(self, kept: Kept) -> str:
        """The box's own value."""
        return TICKED if kept else ""

    def display(self, kept: Kept, question: Question) -> str:
        """That it was ticked; the words stand in the label or the version."""
        if not kept:
            return ""
        statement = question.options.get("statement", "")
        return _now("Agreed: %(statement)s") % {"statement": statement} if statement else _now("Agreed")

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:
        """1 when ticked, 0 otherwise."""
        return {"": int(bool(kept))}


class ConsentField(forms.BooleanField):
    """A box whose words may be other than the question's."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        box = forms.CheckboxInput(attrs={"value": TICKED})
        super().__init__(widget=box, template_name="django/forms/consent.html", **kwargs)
        self.statement = question.options.get("statement", "") or question.label
        self.has_legend = self.statement != question.label
        self.statement_lang = foreign(question.options.get("statement_lang") or question.lang)
