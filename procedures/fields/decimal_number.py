"""A measure: a surface, a length, a rate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.fields.numbers import MOST_DECIMALS, decimals_of, number_field, shown, typed_again, unit_block
from procedures.plugins import FieldType, Kept, Question

USUAL_DECIMALS = 2


class DecimalNumber(FieldType):
    """A number with decimals, typed with a comma or a point. Kept as a number."""

    slug = "decimal_number"
    label = _("Decimal number")
    icon = "decimal"
    palette = "numbers"
    doc = _("A measure: a surface, a length, a rate. Typed with a comma or a point.")
    examples = [
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1 234,56", 1234.56),
        ("1.234,56", 1234.56),
        ("1,234.56", 1234.56),
        ("١٢٫٥", 12.5),
        ("-0,5", -0.5),
        ("3", 3.0),
        ("0", 0.0),
        ("", None),
    ]
    operators = ("is", "is_not", "greater", "less", "is_answered", "is_empty")
    reading = "number"
    words = ("unit",)

    def option_blocks(self) -> dict[str, blocks.Block]:
        """What is measured, and how finely."""
        return {
            "unit": unit_block(),
            "decimals": blocks.IntegerBlock(
                required=False,
                default=USUAL_DECIMALS,
                min_value=1,
                max_value=MOST_DECIMALS,
                label=_("Digits after the decimal mark, at most"),
            ),
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """An empty option means the default."""
        return {"decimals": value["decimals"] or USUAL_DECIMALS}

    def form_field(self, question: Question) -> forms.Field:
        """A text field: browsers' own number fields refuse the comma in some languages."""
        return number_field(
            question,
            decimals=decimals_of(question.options, USUAL_DECIMALS),
            invalid=_("Write a number in digits, for instance 12.5."),
        )

    def keep(self, cleaned: Any) -> Kept:
        """Always a float, so that answers compare; zero is an answer."""
        return None if cleaned is None else float(cleaned)

    def restore(self, kept: Kept) -> str:
        """As it would be typed."""
        return "" if kept is None else typed_again(cast("float", kept))

    def display(self, kept: Kept, question: Question) -> str:
        """In the language's way, with its unit."""
        if kept is None:
            return ""
        number = typed_again(cast("float", kept))
        decimals = len(number.partition(",")[2])
        return shown(cast("float", kept), question.options.get("unit", ""), decimals)

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:
        """The number."""
        return {"": "" if kept is None else kept}
