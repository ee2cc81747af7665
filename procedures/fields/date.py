"""A date, typed as one writes it in France, kept as ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.plugins import FieldType, Kept, Question, is_empty

LIMITS = [
    ("", _("Any date")),
    ("past", _("Today or before")),
    ("future", _("Today or later")),
]
FIRST_YEAR, LAST_YEAR = 1875, 2200
DAY_FIRST = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")


class Date(FieldType):
    """A day."""

    slug = "date"
    label = _("Date")
    icon = "date"
    doc = _("A day: of birth, of an event. One text field, easier than a calendar for dates one knows.")
    examples = [
        ("14/07/1990", "1990-07-14"),
        ("1.2.2026", "2026-02-01"),
        ("3 9 2026", "2026-09-03"),
        ("14071990", "1990-07-14"),
        ("1990-07-14", "1990-07-14"),
        ("١٤/٠٧/١٩٩٠", "1990-07-14"),
        ("", None),
    ]
    palette = "dates"
    reading = "date"
    tokens = ("bday",)
    operators = ("is", "greater", "less", "is_answered", "is_empty")

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Which days are possible, and whether it is a birthday."""
        return {
            "limit": blocks.ChoiceBlock(choices=LIMITS, required=False, label=_("Possible days")),
            "birthday": blocks.BooleanBlock(
                required=False, label=_("Date of birth of the person who asks"), help_text=_("Browsers can fill it in.")
            ),
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """No limit is an empty text."""
        return {"limit": value["limit"] or "", "birthday": bool(value["birthday"])}

    def form_field(self, question: Question) -> forms.Field:
        """A text field with digits on a phone's keyboard."""
        birthday = question.options.get("birthday")
        return DateField(
            label=question.label,
            help_text=question.help or _("For instance 14/07/1990"),
            required=question.required,
            error_messages={"required": _("Write a date, for instance 14/07/1990.")},
            limit=question.options.get("limit", ""),
            widget=forms.TextInput(
                attrs={"autocomplete": "bday" if birthday else "off", "inputmode": "numeric", "size": 12}
            ),
        )

    def keep(self, cleaned: Any) -> Kept:
        """ISO 8601, so that dates sort as text."""
        return cleaned.isoformat() if cleaned else None

    def restore(self, kept: Kept) -> str:
        """As it would be typed."""
        return date.fromisoformat(str(kept)).strftime("%d/%m/%Y") if kept else ""

    def display(self, kept: Kept, question: Question) -> str:
        """In words: 14 July 1990."""
        return "" if is_empty(kept) else date_format(date.fromisoformat(str(kept)), "DATE_FORMAT")

    def searchable(self, kept: Kept) -> str:
        """As typed and as kept."""
        return f"{self.restore(kept)} {kept}" if kept else ""

    def compared(self, typed: str, question: Question) -> Kept:
        """Any day may be compared with, whatever the answer's limit."""
        return self.keep(DateField(limit="", required=False).clean(typed))


class DateField(forms.CharField):
    """Cleans to a date; digits may be those of Arabic."""

    def __init__(self, *, limit: str, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.limit = limit

    def clean(self, value: Any) -> Any:
        """Parse day, month, year; or ISO 8601. Raises ValidationError."""
        typed = super().clean(value)
        if not typed:
            return None
        day = parsed(typed)
        today = timezone.localdate()
        if self.limit == "past" and day > today:
            raise ValidationError(_("This date is in the future: write today's date or an earlier one."))
        if self.limit == "future" and day < today:
            raise ValidationError(_("This date is in the past: write today's date or a later one."))
        return day


def parsed(typed: str) -> date:
    """The day that was typed. Raises ValidationError saying what is wrong with it."""
    if found := YEAR_FIRST.fullmatch(typed):
        year, month, day = map(int, found.groups())
    elif found := DAY_FIRST.fullmatch(typed) or COMPACT.fullmatch(typed):
        day, month, year = map(int, found.groups())
    else:
        raise ValidationError(_("Write the day, the month and the year in four digits, for instance 14/07/1990."))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(_("Check the year: %(year)s.") % {"year": year})
    try:
        return date(year, month, day)
    except ValueError:
        raise ValidationError(_("This day does not exist: check the day and the month.")) from None
