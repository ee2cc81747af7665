"""The number that every beekeeper in France is given: a letter and seven digits."""

from __future__ import annotations

import re

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.plugins import FieldType, Kept, Question


class KeeperNumber(FieldType):
    """Kept in capitals without spaces: A1234567."""

    slug = "keeper_number"
    label = _("Beekeeper’s number (NAPI)")
    icon = "tag"
    palette = "identity"
    doc = _("A letter and seven digits, as on the receipt of the yearly declaration of hives.")
    examples = [("A1234567", "A1234567"), (" a 123 4567 ", "A1234567"), ("", None)]
    reading = "text"

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Where residents find it."""
        return {"shows_example": blocks.BooleanBlock(required=False, default=True, label=_("Show an example"))}

    def form_field(self, question: Question) -> forms.Field:
        """A short line; browsers know nothing to put there."""
        example = "A1234567" if question.options.get("shows_example") else ""
        return KeeperNumberField(
            label=question.label,
            help_text=" ".join(filter(None, (question.help, example))),
            required=question.required,
            max_length=20,
            widget=forms.TextInput(attrs={"autocomplete": "off", "size": 12}),
        )

    def display(self, kept: Kept, question: Question) -> str:
        """As on the receipt: A 1234567."""
        return f"{str(kept)[:1]} {str(kept)[1:]}" if kept else ""

    def searchable(self, kept: Kept) -> str:
        """With and without the space."""
        return f"{kept} {str(kept)[1:]}" if kept else ""


class KeeperNumberField(forms.CharField):
    """Takes spaces and small letters."""

    default_validators = [RegexValidator(r"\A[A-Z][0-9]{7}\Z", _("Write a letter and seven digits, as A1234567."))]

    def to_python(self, value: object) -> str:
        """In capitals, without spaces."""
        return re.sub(r"\s+", "", super().to_python(value) or "").upper()
