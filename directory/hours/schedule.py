"""When somebody receives people, as entered: weekly ranges, closures, public holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, tzinfo
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
MIDNIGHT = time(0)


class HolidayRule(StrEnum):
    """What happens on a public holiday."""

    CLOSED = "closed"
    OPEN = "open"
    UNKNOWN = "unknown"


@dataclass(frozen=True, order=True)
class OpeningRange:
    """Open every week on ``day`` from ``opens`` to ``closes``, by the wall clock.

    A range that closes at or before the hour it opens ends on the next day; from midnight
    to midnight is the whole day.

    Raises:
        ValueError: no such day, a range of no length, or a time with a zone.
    """

    day: int
    """ISO day of the week: 1 is Monday, 7 is Sunday."""
    opens: time
    closes: time
    note: str = ""
    """A condition in words ("every second Friday"): with one, open is only possible, not sure."""

    def __post_init__(self) -> None:
        if not 1 <= self.day <= 7:
            raise ValueError(f"no such day of the week: {self.day}")
        if self.opens == self.closes != MIDNIGHT:
            raise ValueError(f"a range of no length: {self.opens:%H:%M}")
        if self.opens.tzinfo or self.closes.tzinfo:
            raise ValueError("hours are read on the wall clock, without a zone")

    @property
    def ends_next_day(self) -> bool:
        """Whether the range runs up to or past midnight."""
        return self.closes <= self.opens


@dataclass(frozen=True, order=True)
class Closure:
    """Closed from ``first`` to ``last``, both days included."""

    first: date
    last: date
    reason: str = ""

    def covers(self, day: date) -> bool:
        """Whether ``day`` is one of its days."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Schedule:
    """All that is known; without ranges the weekly hours are not known."""

    ranges: tuple[OpeningRange, ...] = ()
    closures: tuple[Closure, ...] = ()
    holidays: HolidayRule = HolidayRule.CLOSED
    region: str = ""
    """Part of France with holidays of its own, see ``public_holidays.region_of``."""
    zone: tzinfo = PARIS

    @cached_property
    def by_day(self) -> dict[int, list[OpeningRange]]:
        """The ranges of each day of the week, in order."""
        days: dict[int, list[OpeningRange]] = {day: [] for day in range(1, 8)}
        for opening in sorted(self.ranges):
            days[opening.day].append(opening)
        return days

    def closure_on(self, day: date) -> Closure | None:
        """The closure that covers ``day``; of several, the one that lasts longest."""
        return max((c for c in self.closures if c.covers(day)), key=lambda c: c.last, default=None)
