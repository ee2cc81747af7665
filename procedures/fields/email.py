"""An e-mail address."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.plugins import FieldType, Kept, Question


class Email(FieldType):
    """An e-mail address; that of the person who asks, unless the department says otherwise."""

    slug = "email"
    label = _("E-mail address")
    icon = "mail"
    doc = _("An e-mail address. The receipt and the answer go to that of the person who asks.")
    examples = [
        ("amelie.durand@exemple.fr", "amelie.durand@exemple.fr"),
        (" Amelie@Exemple.FR ", "Amelie@exemple.fr"),
        ("", None),
    ]
    operators = ("is_answered", "is_empty")

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Whose address it is."""
        return {"of_requester": of_requester()}

    def form_field(self, question: Question) -> forms.Field:
        """A field that opens the right keyboard and takes the browser's suggestion."""
        return EmailField(
            label=question.label,
            help_text=question.help,
            required=question.required,
            error_messages=dict.fromkeys(("required", "invalid"), _("Write an e-mail address like name@example.org.")),
            widget=forms.EmailInput(attrs={"autocomplete": "email" if self.claim(question) else "off"}),
        )

    def searchable(self, kept: Kept) -> str:
        """The address."""
        return str(kept or "")

    def claim(self, question: Question) -> str:
        """The address of the person who asks."""
        return "email" if question.options.get("of_requester", True) else ""


class EmailField(forms.EmailField):
    """An address whose domain is in small letters, as domains do not tell them apart."""

    def to_python(self, value: object) -> str:
        """Without spaces around."""
        name, at, domain = (super().to_python(value) or "").strip().rpartition("@")
        return f"{name}{at}{domain.lower()}"


def of_requester() -> blocks.BooleanBlock:
    """The option of questions on how to reach somebody: is it the person who asks?"""
    return blocks.BooleanBlock(
        required=False,
        default=True,
        label=_("It is that of the person who asks"),
        help_text=_("The inbox uses it to answer."),
    )
