"""A sum of money in euros, kept in whole cents: nothing is rounded."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from babel.numbers import format_currency
from django import forms
from django.utils.translation import gettext_lazy as _

from procedures.fields.countries import locale
from procedures.fields.numbers import number_field
from procedures.plugins import FieldType, Kept, Question


class Amount(FieldType):
    """Euros and cents, never below zero. Kept: cents, a whole number."""

    slug = "amount"
    label = _("Amount in euros")
    icon = "tag"
    palette = "numbers"
    doc = _("A sum in euros, typed with or without cents. Conditions compare it in euros too.")
    examples = [
        ("12,50", 1250),
        ("12.5", 1250),
        ("12,50 €", 1250),
        ("1 200", 120_000),
        ("1.234,56 €", 123_456),
        ("١٢٫٥٠", 1250),
        ("0", 0),
        ("", None),
    ]
    operators = ("is", "is_not", "greater", "less", "is_answered", "is_empty")
    reading = "cents"

    def form_field(self, question: Question) -> forms.Field:
        """A text field with digits and a decimal mark on a phone's keyboard."""
        return number_field(
            question,
            decimals=2,
            signed=False,
            example=_("In euros, for instance 12.50"),
            invalid=_("Write an amount in euros, for instance 12.50."),
        )

    def keep(self, cleaned: Any) -> Kept:
        """Cents."""
        return None if cleaned is None else int(cleaned * 100)

    def restore(self, kept: Kept) -> str:
        """As it would be typed: 12,50."""
        return "" if kept is None else f"{_euros(kept):.2f}".replace(".", ",")

    def display(self, kept: Kept, question: Question) -> str:
        """In the language's way: 1 234,50 €."""
        return "" if kept is None else format_currency(_euros(kept), "EUR", locale=locale())

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:
        """Euros, as a number."""
        return {"": "" if kept is None else float(_euros(kept))}


def _euros(kept: Kept) -> Decimal:
    return Decimal(cast("int", kept)) / 100
