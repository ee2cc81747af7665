"""Days counted from another, and those that an answer holds."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date, timedelta

from procedures.plugins import Kept

DAYS, WEEKS, MONTHS, YEARS = "days", "weeks", "months", "years"
PARTS = ("date", "day", "from", "to")
"""Under which types of several parts keep days."""


def moved(day: date, count: int, unit: str) -> date:
    """``count`` units later, or earlier if negative; the month's last day where it has no such day."""
    if unit in (DAYS, WEEKS):
        return day + timedelta(days=count * (7 if unit == WEEKS else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == YEARS else 1)
    year, month = divmod(months, 12)
    year = min(max(year, MINYEAR), MAXYEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def full_years(born: date, on: date) -> int:
    """Age: whoever is born on 29 February is a year older on 1 March of other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def days_in(kept: Kept) -> Iterator[date]:
    """Each day of an answer: a date, a birth, a slot, both ends of a period."""
    found = [kept] if isinstance(kept, str) else [kept.get(part) for part in PARTS] if isinstance(kept, dict) else []
    for text in found:
        if isinstance(text, str) and len(text) == len("2026-11-21"):
            yield date.fromisoformat(text)
