"""Numbers between two others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.fields.numbers import LARGEST, shown
from procedures.fields.validators.bounds import bounds, demand
from procedures.plugins import Kept, Validator


class NumberRange(Validator):
    """Both bounds included."""

    slug = "number_range"
    label = _("Smallest and largest number")
    applies_to = ("whole_number", "decimal_number")
    examples = [
        (1, {"at_least": 1, "at_most": 20}, True),
        (20.0, {"at_least": 1, "at_most": 20}, True),
        (0, {"at_least": 1, "at_most": None}, False),
        (20.5, {"at_least": None, "at_most": 20}, False),
        (-4, {"at_least": None, "at_most": None}, True),
    ]

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Empty: no bound."""
        limits: dict[str, Any] = {"required": False, "min_value": -LARGEST, "max_value": LARGEST}
        return {
            "at_least": blocks.FloatBlock(**limits, label=_("At least")),
            "at_most": blocks.FloatBlock(**limits, label=_("At most")),
        }

    def check(self, kept: Kept, options: Mapping[str, Any]) -> None:
        """Raises ValidationError with the bound."""
        least, most = bounds(options)
        if isinstance(kept, (int, float)):
            demand(kept, least, most, (_written(least), _written(most)))


def _written(bound: float | None) -> str:
    if bound is None:
        return ""
    return shown(int(bound) if float(bound).is_integer() else bound)
