"""A day in the season when bees swarm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.plugins import Kept, Validator

MONTH_CHOICES = [(str(number), name) for number, name in MONTHS.items()]


class Season(Validator):
    """From the first day of a month to the last of another."""

    slug = "season"
    label = _("A season of the year")
    applies_to = ("date",)
    examples = [
        ("2026-05-31", {"first": "4", "last": "7"}, True),
        ("2026-12-24", {"first": "4", "last": "7"}, False),
        ("2026-12-24", {"first": "11", "last": "2"}, True),
        ("2026-12-24", {"first": "", "last": ""}, True),
    ]

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Two months, both included; over the new year too."""
        return {
            "first": blocks.ChoiceBlock(choices=MONTH_CHOICES, label=_("First month")),
            "last": blocks.ChoiceBlock(choices=MONTH_CHOICES, label=_("Last month")),
        }

    def check(self, kept: Kept, options: Mapping[str, Any]) -> None:
        """Raises ValidationError out of season."""
        if not (options.get("first") and options.get("last")):
            return
        first, last, month = int(options["first"]), int(options["last"]), date.fromisoformat(str(kept)).month
        in_season = first <= month <= last if first <= last else month >= first or month <= last
        if not in_season:
            months = {"first": MONTHS[first], "last": MONTHS[last]}
            raise ValidationError(_now("Choose a day from %(first)s to %(last)s.") % months)
