"""Yes or no."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.plugins import FieldType, Kept, Question, is_empty

YES, NO = "yes", "no"
ANSWERS = [(YES, _("Yes")), (NO, _("No"))]


class YesNo(FieldType):
    """Two buttons, none chosen beforehand."""

    slug = "yes_no"
    label = _("Yes or no")
    icon = "check"
    doc = _("A question that is answered by yes or no.")
    examples = [("yes", True), ("no", False), ("", None)]
    palette = "choices"
    reading = "boolean"
    operators = ("is", "is_answered", "is_empty")

    def form_field(self, question: Question) -> forms.Field:
        """Two radio buttons."""
        return forms.ChoiceField(
            label=question.label,
            help_text=question.help,
            required=question.required,
            choices=ANSWERS,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose yes or no."), "invalid_choice": _("Choose yes or no.")},
        )

    def keep(self, cleaned: Any) -> Kept:
        """A truth value; None when neither was chosen."""
        return {YES: True, NO: False}.get(cleaned)

    def restore(self, kept: Kept) -> str:
        """The button that was chosen."""
        return {True: YES, False: NO}.get(kept, "") if isinstance(kept, bool) else ""

    def display(self, kept: Kept, question: Question) -> str:
        """Yes or no."""
        if is_empty(kept):
            return ""
        return _now("Yes") if kept else _now("No")
