"""Days within a distance of today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.fields.validators.days import DAYS, MONTHS, WEEKS, YEARS, days_in, moved
from procedures.plugins import Kept, Validator

NOT_BEFORE, NOT_AFTER = "not_before", "not_after"
BEFORE, AFTER = "before", "after"
MOST = 1000


class DateRange(Validator):
    """« At least 15 days after today », « at most 3 months before today »: one bound per check, several checks."""

    slug = "date_range"
    label = _("Day counted from today")
    applies_to = ("date", "birth", "period", "time_slot")
    examples = [
        # At least 15 days from 21 November 2026.
        ("2026-12-06", {"bound": "not_before", "count": 15, "unit": "days", "side": "after"}, True),
        ("2026-12-05", {"bound": "not_before", "count": 15, "unit": "days", "side": "after"}, False),
        # At most three months old.
        ("2026-08-21", {"bound": "not_before", "count": 3, "unit": "months", "side": "before"}, True),
        ("2026-08-20", {"bound": "not_before", "count": 3, "unit": "months", "side": "before"}, False),
        # At most a year ahead, both ends of a period.
        (
            {"from": "2026-12-01", "to": "2027-11-21"},
            {"bound": "not_after", "count": 1, "unit": "years", "side": "after"},
            True,
        ),
        (
            {"from": "2026-12-01", "to": "2027-11-22"},
            {"bound": "not_after", "count": 1, "unit": "years", "side": "after"},
            False,
        ),
        # Two weeks ago or longer.
        ("2026-11-07", {"bound": "not_after", "count": 2, "unit": "weeks", "side": "before"}, True),
        (
            {"day": "2026-11-08", "slot": "x"},
            {"bound": "not_after", "count": 2, "unit": "weeks", "side": "before"},
            False,
        ),
        (
            {"date": "1950-01-01", "known": "year"},
            {"bound": "not_after", "count": 0, "unit": "days", "side": "before"},
            True,
        ),
    ]

    def option_blocks(self) -> dict[str, blocks.Block]:
        """A bound, so many days, weeks, months or years before or after today."""
        units = [(DAYS, _("days")), (WEEKS, _("weeks")), (MONTHS, _("months")), (YEARS, _("years"))]
        return {
            "bound": blocks.ChoiceBlock(
                choices=[(NOT_BEFORE, _("On this day or later")), (NOT_AFTER, _("On this day or earlier"))],
                default=NOT_BEFORE,
                label=_("The answer is"),
            ),
            "count": blocks.IntegerBlock(default=0, min_value=0, max_value=MOST, label=_("Number")),
            "unit": blocks.ChoiceBlock(choices=units, default=DAYS, label=_("Unit")),
            "side": blocks.ChoiceBlock(
                choices=[(AFTER, _("after today")), (BEFORE, _("before today"))], default=AFTER, label=_("Counted")
            ),
        }

    def check(self, kept: Kept, options: Mapping[str, Any]) -> None:
        """Raises ValidationError with the first or last day that is possible."""
        limit = limit_of(options, timezone.localdate())
        shown = {"day": date_format(limit, "DATE_FORMAT")}
        for day in days_in(kept):
            if options.get("bound") == NOT_AFTER and day > limit:
                raise ValidationError(_now("Give a day until %(day)s at the latest.") % shown)
            if options.get("bound") != NOT_AFTER and day < limit:
                raise ValidationError(_now("Give a day from %(day)s on.") % shown)


def limit_of(options: Mapping[str, Any], today: date) -> date:
    """The first or last possible day, counted from ``today``."""
    count = int(options.get("count") or 0) * (-1 if options.get("side") == BEFORE else 1)
    return moved(today, count, options.get("unit") or DAYS)
