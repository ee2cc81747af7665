"""Sums between two others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel.numbers import format_currency
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.fields.countries import locale
from procedures.fields.numbers import LARGEST
from procedures.fields.validators.bounds import bounds, demand
from procedures.plugins import Kept, Validator


class AmountRange(Validator):
    """In whole euros, both bounds included."""

    slug = "amount_range"
    label = _("Smallest and largest amount")
    applies_to = ("amount",)
    examples = [
        (1000, {"at_least": 10, "at_most": 50}, True),
        (5000, {"at_least": 10, "at_most": 50}, True),
        (999, {"at_least": 10, "at_most": None}, False),
        (5001, {"at_least": None, "at_most": 50}, False),
    ]

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Empty: no bound."""
        limits: dict[str, Any] = {"required": False, "min_value": 0, "max_value": LARGEST}
        return {
            "at_least": blocks.IntegerBlock(**limits, label=_("Euros at least")),
            "at_most": blocks.IntegerBlock(**limits, label=_("Euros at most")),
        }

    def check(self, kept: Kept, options: Mapping[str, Any]) -> None:
        """Raises ValidationError with the bound; ``kept`` is in cents."""
        least, most = bounds(options)
        if isinstance(kept, int):
            demand(kept / 100, least, most, (_written(least), _written(most)))


def _written(bound: float | None) -> str:
    return (
        "" if bound is None else format_currency(bound, "EUR", locale=locale(), currency_digits=False, format="#,##0 ¤")
    )
