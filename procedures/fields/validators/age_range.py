"""The age of the person who was born that day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from procedures.fields.validators.bounds import bounds
from procedures.fields.validators.days import days_in, full_years
from procedures.plugins import Kept, Validator

OLDEST = 130


class AgeRange(Validator):
    """Full years, today."""

    slug = "age_range"
    label = _("Age of a person")
    applies_to = ("date", "birth")
    examples = [
        ("2008-11-21", {"at_least": 18, "at_most": None}, True),
        ("2008-11-22", {"at_least": 18, "at_most": None}, False),
        ({"date": "2015-11-22", "town": "Valmarie", "country": "FR"}, {"at_least": 3, "at_most": 10}, True),
        ({"date": "2015-11-21", "town": "Valmarie", "country": "FR"}, {"at_least": 3, "at_most": 10}, False),
        ("2026-01-01", {"at_least": None, "at_most": None}, True),
    ]

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Full years at least, at most; empty: no bound."""
        limits: dict[str, Any] = {"required": False, "min_value": 0, "max_value": OLDEST}
        return {
            "at_least": blocks.IntegerBlock(**limits, label=_("Years at least")),
            "at_most": blocks.IntegerBlock(**limits, label=_("Years at most")),
        }

    def check(self, kept: Kept, options: Mapping[str, Any]) -> None:
        """Raises ValidationError for somebody too young or too old."""
        least, most = bounds(options)
        for born in days_in(kept):
            age = full_years(born, timezone.localdate())
            if least is not None and age < least:
                text = ngettext(
                    "One must be at least %(count)d year old.", "One must be at least %(count)d years old.", int(least)
                )
                raise ValidationError(text % {"count": least})
            if most is not None and age > most:
                text = ngettext(
                    "One must be at most %(count)d year old.", "One must be at most %(count)d years old.", int(most)
                )
                raise ValidationError(text % {"count": most})
