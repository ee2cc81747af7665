"""Days on which the town works: pure Python, no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from directory.hours.public_holidays import is_public_holiday

SATURDAY = 5
LONGEST_CLOSURE_DAYS = 3660
"""Beyond ten years without a working day, a calendar is a mistake: counting goes on as if nobody had closed."""

ACKNOWLEDGEMENT_DAYS = 10
"""Working days within which the acknowledgement is due (CRPA R112-11-1)."""


@dataclass(frozen=True)
class WorkingDays:
    """Monday to Friday, but for public holidays and closures; ``closures`` are first and last days."""

    region: str = ""
    """With public holidays of its own: see ``directory.hours.public_holidays.region_of``."""
    closures: tuple[tuple[date, date], ...] = ()

    def is_working(self, day: date) -> bool:
        """Whether the town works on ``day``."""
        if day.weekday() >= SATURDAY or is_public_holiday(day, self.region):
            return False
        return not any(first <= day <= last for first, last in self.closures)

    def after(self, day: date) -> Iterator[date]:
        """The working days that follow ``day``, without end."""
        idle = 0
        while True:
            day += timedelta(days=1)
            if self.is_working(day) or (idle > LONGEST_CLOSURE_DAYS and day.weekday() < SATURDAY):
                yield day
                idle = 0
            else:
                idle += 1

    def add(self, day: date, number: int) -> date:
        """The last of ``number`` working days after ``day``."""
        days = self.after(day)
        for _ in range(number):
            day = next(days)
        return day

    def count(self, begin: date, end: date) -> int:
        """How many days after ``begin`` up to ``end``, which is one of them, are worked."""
        return sum(self.is_working(begin + timedelta(days=n)) for n in range(1, (end - begin).days + 1))


ORDINARY_DAYS = WorkingDays()
"""Of a town without closures or holidays of its own."""
