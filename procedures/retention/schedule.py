"""When what is due: pure dates, from the day of the answer and the months that the procedure keeps its requests."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from procedures.definition.compiled import Rules
from procedures.inbox.clock import city_day
from procedures.inbox.models import ServiceRequest
from procedures.inbox.querysets import CITY_ZONE

WARNING = timedelta(days=14)
"""Between the announcement and the first deletion: two weeks."""
MOST_MONTHS = 60


@dataclass(frozen=True)
class Keeping:
    """The days of one request's end."""

    files_on: date
    answers_on: date

    @property
    def announce_on(self) -> date:
        """The day of the warning."""
        return min(self.files_on, self.answers_on) - WARNING


class Months(NamedTuple):
    """How long a procedure keeps an answered request, and its documents."""

    all: int
    files: int


def months_of(rules: Rules) -> Months:
    """What a version says, within what the law allows."""
    months = min(max(rules.retention_months, 0), MOST_MONTHS)
    return Months(months, min(rules.kept_files_months, months))


def keeping_of(closed_on: date, months: Months) -> Keeping:
    """The end of a request answered on ``closed_on``."""
    return Keeping(add_months(closed_on, months.files), add_months(closed_on, months.all))


def keeping_of_request(request: ServiceRequest) -> Keeping:
    """The end of a request that has its answer, by the rules of its own version.

    Raises:
        ValueError: it is open.
    """
    if request.closed_at is None:
        raise ValueError("An open request has no end of keeping")
    return keeping_of(city_day(request.closed_at, CITY_ZONE), months_of(request.version.rules))


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def closed_before(today: date, months: int) -> date:
    """A day from which on nothing answered can have been kept for ``months``; what is older is looked at one by one."""
    return add_months(today, -months) + timedelta(days=4)
