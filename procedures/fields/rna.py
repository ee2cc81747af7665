"""The number of an association in the national register (RNA)."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from procedures.fields.digits import compact
from procedures.fields.numbered import numbered_field
from procedures.plugins import FieldType, Kept, Question

RNA = re.compile(r"W(?:[0-9]{9}|2[AB][0-9]{7})")
"""W, the prefecture's department (2A, 2B in Corsica), a serial number. There is no check digit."""


class Rna(FieldType):
    """W and nine characters."""

    slug = "rna"
    label = _("Association number (RNA)")
    icon = "group"
    palette = "identity"
    doc = _("The number of an association: the letter W and nine digits, on the receipt of its declaration.")
    examples = [
        ("W751234567", "W751234567"),
        ("w 75 1234567", "W751234567"),
        ("W٧٥١٢٣٤٥٦٧", "W751234567"),
        ("W2A1000018", "W2A1000018"),
        ("", None),
    ]

    def form_field(self, question: Question) -> forms.Field:
        """One line, in capitals or not."""
        return numbered_field(
            question,
            read,
            example=_("W and 9 digits, for instance W751234567"),
            missing=_("Write the association's number: W and 9 digits."),
            invalid=_("Check the association's number: W and 9 digits, for instance W751234567."),
            size=14,
        )

    def searchable(self, kept: Kept) -> str:
        """The number."""
        return str(kept or "")


def read(typed: str) -> str:
    """The bare number. Raises ValueError."""
    number = compact(typed)
    if not RNA.fullmatch(number):
        raise ValueError(typed)
    return number
