"""A phone number, typed as one likes, kept in the international form (E.164)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumberFormat
from wagtail import blocks

from procedures.fields.persons import REQUESTER, whose, whose_block
from procedures.plugins import FieldType, Kept, Question, is_empty

REGION = "FR"
LONGEST = 60


class Phone(FieldType):
    """A phone number; without a country it is French."""

    slug = "phone"
    label = _("Phone number")
    icon = "mobile-alt"
    doc = _("A phone number, French or foreign.")
    examples = [
        ("06 12 34 56 78", "+33612345678"),
        ("06.12.34.56.78", "+33612345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("0032 2 279 22 11", "+3222792211"),
        ("+212 522-223-344", "+212522223344"),
        ("", None),
    ]
    operators = ("is_answered", "is_empty")
    palette = "identity"
    tokens = ("tel",)

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Whose number it is."""
        return {"whose": whose_block()}

    def form_field(self, question: Question) -> forms.Field:
        """A field that opens the keypad and takes the browser's suggestion."""
        return PhoneField(
            label=question.label,
            help_text=question.help,
            required=question.required,
            error_messages={"required": _("Write a phone number.")},
            max_length=LONGEST,
            widget=forms.TextInput(
                attrs={"type": "tel", "dir": "ltr", "autocomplete": "tel" if whose(question) == REQUESTER else "off"}
            ),
        )

    def restore(self, kept: Kept) -> str:
        """As one writes it in the number's own country."""
        return spaced(str(kept)) if kept else ""

    def display(self, kept: Kept, question: Question) -> str:
        """As one writes it: national for French numbers, international for others."""
        return "" if is_empty(kept) else spaced(str(kept))

    def searchable(self, kept: Kept) -> str:
        """Both forms: an agent types either."""
        return f"{kept} {spaced(str(kept)).replace(' ', '')} {spaced(str(kept))}" if kept else ""

    def claims(self, kept: Kept, question: Question) -> Mapping[str, str]:
        """The number of the person who asks."""
        return {"tel": str(kept)} if kept and whose(question) == REQUESTER else {}


class PhoneField(forms.CharField):
    """Cleans to E.164."""

    def clean(self, value: Any) -> str:
        """Parse what was typed. Raises ValidationError for what no phone answers to."""
        typed: str = super().clean(value)
        if not typed:
            return ""
        try:
            number = phonenumbers.parse(typed, REGION)
        except NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise ValidationError(_("Write a phone number like 06 12 34 56 78, or +32 2 279 22 11 from abroad."))
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def spaced(kept: str) -> str:
    """A kept number as people write it."""
    try:
        number = phonenumbers.parse(kept, None)
    except NumberParseException:
        return kept
    french = number.country_code == phonenumbers.country_code_for_region(REGION)
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL if french else PhoneNumberFormat.INTERNATIONAL)
