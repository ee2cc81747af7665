"""An e-mail address."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.fields.persons import REQUESTER, whose, whose_block
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
    operators = ("is", "is_not", "contains", "not_contains", "is_answered", "is_empty")
    palette = "identity"
    reading = "text"
    tokens = ("email",)

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Whose address it is."""
        return {"whose": whose_block()}

    def form_field(self, question: Question) -> forms.Field:
        """A field that opens the right keyboard and takes the browser's suggestion."""
        return EmailField(
            label=question.label,
            help_text=question.help,
            required=question.required,
            error_messages=dict.fromkeys(("required", "invalid"), _("Write an e-mail address like name@example.org.")),
            widget=forms.EmailInput(attrs={"autocomplete": "email" if whose(question) == REQUESTER else "off"}),
        )

    def searchable(self, kept: Kept) -> str:
        """The address."""
        return str(kept or "")

    def claims(self, kept: Kept, question: Question) -> Mapping[str, str]:
        """The address of the person who asks."""
        return {"email": str(kept)} if kept and whose(question) == REQUESTER else {}


class EmailField(forms.EmailField):
    """An address whose domain is in small letters, as domains do not tell them apart."""

    def to_python(self, value: object) -> str:
        """Without spaces around."""
        name, at, domain = (super().to_python(value) or "").strip().rpartition("@")
        return f"{name}{at}{domain.lower()}"
