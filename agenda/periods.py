"""Periods of the agenda: a span of days in town, counted from today. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1970, 2199

TODAY, WEEKEND, WEEK, MONTH = "today", "weekend", "week", "month"
PERIODS = (TODAY, WEEKEND, WEEK, MONTH)


@dataclass(frozen=True)
class Span:
    """Days from ``first`` to ``last``, both included; a last day of None is no limit."""

    first: date
    last: date | None


def span_of(period: str, today: date) -> Span:
    """The days that a period means today; any other word means from today on.

    The weekend is the running one, else the next.
    """
    if period == TODAY:
        return Span(today, today)
    if period == WEEKEND:
        sunday = today + timedelta(days=6 - today.weekday())
        return Span(max(today, sunday - timedelta(days=1)), sunday)
    if period == WEEK:
        return Span(today, today + timedelta(days=6))
    if period == MONTH:
        return Span(today, today + timedelta(days=29))
    return Span(today, None)


def read_day(text: str) -> date | None:
    """A day written ``2026-11-21`` (browsers) or ``21/11/2026`` (people).

    Raises:
        ValueError: it is neither, or far from any event.
    """
    text = text.strip()
    if not text:
        return None
    if "/" in text:
        day, month, year = (int(part) for part in text.split("/"))
        found = date(year, month, day)
    else:
        found = date.fromisoformat(text)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(text)
    return found
