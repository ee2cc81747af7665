"""From one day to another, both included."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from procedures.fields.date import LIMITS, DateField
from procedures.fields.parts import PartError, PartsField
from procedures.plugins import FieldType, Kept, Question, is_empty

LONGEST_DAYS = 3660


class Period(FieldType):
    """Two days. Kept: ``from`` and ``to``, ISO 8601."""

    slug = "period"
    label = _("Period")
    icon = "calendar-alt"
    palette = "dates"
    doc = _("From one day to another, both included: a stay, an event, building works.")
    examples = [
        ({"from": "01/07/2026", "to": "14/07/2026"}, {"from": "2026-07-01", "to": "2026-07-14"}),
        ({"from": "2026-07-01", "to": "1.7.2026"}, {"from": "2026-07-01", "to": "2026-07-01"}),
        ({"from": "٠١/٠٧/٢٠٢٦", "to": "١٤/٠٧/٢٠٢٦"}, {"from": "2026-07-01", "to": "2026-07-14"}),
        ({"from": "", "to": ""}, None),
        ("", None),
    ]
    operators = ("is_answered", "is_empty")

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Which days, and how many of them."""
        return {
            "limit": blocks.ChoiceBlock(choices=LIMITS, required=False, label=_("Possible days")),
            "max_days": blocks.IntegerBlock(
                required=False, min_value=1, max_value=LONGEST_DAYS, label=_("Days at most, both ends included")
            ),
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """No limit is an empty text, no greatest length is 0."""
        return {"limit": value["limit"] or "", "max_days": value["max_days"] or 0}

    def form_field(self, question: Question) -> forms.Field:
        """Two dates, each as one writes it."""
        limit = question.options.get("limit", "")
        return PeriodField(
            {
                "from": day_part(_("First day"), _("Write the first day, for instance 14/07/2026."), limit),
                "to": day_part(_("Last day"), _("Write the last day, for instance 20/07/2026."), limit),
            },
            most_days=question.options.get("max_days") or 0,
            label=question.label,
            help_text=question.help or _("Days like 14/07/2026"),
            required=question.required,
            error_messages={"required": _("Write the first and the last day.")},
        )

    def keep(self, cleaned: Any) -> Kept:
        """ISO 8601."""
        return {part: day.isoformat() for part, day in cleaned.items()} if cleaned else None

    def restore(self, kept: Kept) -> Any:
        """As they would be typed."""
        return {part: f"{day:%d/%m/%Y}" for part, day in _days(kept).items()}

    def display(self, kept: Kept, question: Question) -> str:
        """In words."""
        if is_empty(kept):
            return ""
        words = {part: date_format(day, "DATE_FORMAT") for part, day in _days(kept).items()}
        return _now("from %(from)s to %(to)s") % words

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:
        """Both days in ISO 8601, and how many days that makes."""
        days = _days(kept)
        count = (days["to"] - days["from"]).days + 1 if days else ""
        return {**{part: days[part].isoformat() if days else "" for part in ("from", "to")}, "days": count}

    def searchable(self, kept: Kept) -> str:
        """Both days, as typed and as kept."""
        return " ".join(f"{day:%d/%m/%Y} {day.isoformat()}" for day in _days(kept).values())


class PeriodField(PartsField):
    """Refuses a last day before the first, and too long a period."""

    def __init__(self, parts: Mapping[str, forms.Field], *, most_days: int, **kwargs: Any) -> None:
        super().__init__(parts, **kwargs)
        self.most_days = most_days

    def together(self, cleaned: dict[str, Any]) -> dict[str, Any] | None:
        """Compare the days. Raises PartError."""
        days = (cleaned["to"] - cleaned["from"]).days + 1
        if days < 1:
            raise PartError("to", _("The last day is before the first: check both."))
        if self.most_days and days > self.most_days:
            text = ngettext(
                "Choose %(count)d day at most, both ends included.",
                "Choose %(count)d days at most, both ends included.",
                self.most_days,
            )
            raise PartError("to", text % {"count": self.most_days})
        return cleaned


def day_part(label: Any, missing: Any, limit: str) -> DateField:
    """A part that is a day."""
    return DateField(
        limit=limit,
        label=label,
        error_messages={"required": missing},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "size": 12, "dir": "ltr"}),
    )


def _days(kept: Kept) -> dict[str, date]:
    return {part: date.fromisoformat(day) for part, day in cast("dict[str, str]", kept or {}).items()}
