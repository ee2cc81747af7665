"""The week as a table, and what the coming days change to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from directory.hours.public_holidays import is_public_holiday
from directory.hours.schedule import Closure, HolidayRule, OpeningRange, Schedule

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class DayRow:
    """One day of the usual week; without ranges it is closed."""

    day: int
    """ISO day of the week: 1 is Monday."""
    ranges: tuple[OpeningRange, ...]


def week_table(schedule: Schedule) -> tuple[DayRow, ...]:
    """The seven days, Monday first; nothing when the hours are not known."""
    if not schedule.ranges:
        return ()
    return tuple(DayRow(day, tuple(ranges)) for day, ranges in schedule.by_day.items())


def coming_closures(schedule: Schedule, today: date, *, days: int = 60) -> tuple[Closure, ...]:
    """The closures that are on or begin within ``days`` days, the first one first."""
    limit = today + timedelta(days=days)
    return tuple(sorted(c for c in schedule.closures if c.last >= today and c.first <= limit))


def coming_holidays(schedule: Schedule, today: date, *, days: int = 14) -> Iterator[date]:
    """The public holidays of the coming days on which it is not open as usual."""
    if schedule.holidays is HolidayRule.OPEN:
        return
    for offset in range(days):
        day = today + timedelta(days=offset)
        if schedule.by_day[day.isoweekday()] and is_public_holiday(day, schedule.region):
            yield day


def specifications(schedule: Schedule) -> list[dict[str, Any]]:
    """The sure hours as schema.org ``OpeningHoursSpecification``; conditions are left out."""
    weekly = [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{DAY_NAMES[opening.day - 1]}",
            "opens": f"{opening.opens:%H:%M}",
            "closes": f"{opening.closes:%H:%M}",
        }
        for opening in sorted(schedule.ranges)
        if not opening.note
    ]
    # Opening and closing at midnight is how schema.org says "closed" between two dates.
    closed = [
        {
            "@type": "OpeningHoursSpecification",
            "opens": "00:00",
            "closes": "00:00",
            "validFrom": closure.first.isoformat(),
            "validThrough": closure.last.isoformat(),
        }
        for closure in sorted(schedule.closures)
    ]
    return weekly + closed
