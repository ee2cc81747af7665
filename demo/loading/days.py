"""Days told relative to the day of loading, so that the demo city never ages.

``+6`` and ``-6`` count days; ``saturday 2`` is the second Saturday from today on, ``saturday
1-4`` the first four; ``12-25`` is the next 25 December.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

TOWN = ZoneInfo(settings.TIME_ZONE)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
OFFSET = re.compile(r"[+-]\d+")
WEEKDAY = re.compile(rf"({'|'.join(WEEKDAYS)}) (\d+)(?:-(\d+))?")
YEARLY = re.compile(r"(\d\d)-(\d\d)")


def days(text: str, today: date) -> list[date]:
    """The days that ``text`` means.

    Raises:
        ValueError: it means none.
    """
    if OFFSET.fullmatch(text):
        return [today + timedelta(days=int(text))]
    if found := WEEKDAY.fullmatch(text):
        nearest = today + timedelta(days=(WEEKDAYS.index(found[1]) - today.weekday()) % 7)
        first, last = int(found[2]), int(found[3] or found[2])
        return [nearest + timedelta(weeks=number - 1) for number in range(first, last + 1)]
    if found := YEARLY.fullmatch(text):
        this_year = date(today.year, int(found[1]), int(found[2]))
        return [this_year if this_year >= today else this_year.replace(year=today.year + 1)]
    raise ValueError(f"no such day: {text!r}")


def day(text: str, today: date) -> date:
    """The first day that ``text`` means."""
    return days(text, today)[0]


def moment(text: str, today: date) -> datetime:
    """``-3 18:22``: three days ago, when clocks in town showed 18:22."""
    when, _, clock = text.partition(" ")
    return datetime.combine(day(when, today), time.fromisoformat(clock or "00:00"), TOWN)


def at_work(wanted: datetime, after: datetime, now: datetime) -> datetime:
    """The moment nearest to ``wanted`` on a working day, after ``after`` and not in the future.

    Agents of the demo city do not work at the weekend, unless nothing else fits.
    """
    for shift in (0, -1, -2, 1, 2):
        moved = wanted + timedelta(days=shift)
        if moved.weekday() < 5 and after < moved <= now:
            return moved
    return min(max(wanted, after + timedelta(minutes=7)), max(now, after))
