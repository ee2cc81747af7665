"""Periods of whole days, and the tallies that make them up."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from procedures.inbox.querysets import CITY_ZONE
from procedures.statistics.models import Span


class Period(NamedTuple):
    """Both days included, local time zone."""

    first_day: date
    last_day: date

    @property
    def length(self) -> int:
        """Number of days."""
        return (self.last_day - self.first_day).days + 1

    def before(self) -> Period:
        """As much time, just before: months where it is made of whole months."""
        months = self.months
        if months:
            return Period(add_months(self.first_day, -months), self.first_day - timedelta(days=1))
        return Period(self.first_day - timedelta(days=self.length), self.first_day - timedelta(days=1))

    def year_before(self) -> Period:
        """The same days of the year before; the whole of February stays whole."""
        last = add_months(self.last_day, -12)
        return Period(add_months(self.first_day, -12), month_end(last) if self.months else last)

    @property
    def months(self) -> int:
        """How many whole months it is made of; 0 where it is cut."""
        first, last = self
        if first.day != 1 or last != month_end(last):
            return 0
        return (last.year - first.year) * 12 + last.month - first.month + 1


def last_days(count: int, today: date) -> Period:
    """The ``count`` days before today, which is not over."""
    return Period(first_day=today - timedelta(days=count), last_day=today - timedelta(days=1))


def last_months(count: int, today: date) -> Period:
    """The ``count`` months before this one, which is not over."""
    this = today.replace(day=1)
    return Period(add_months(this, -count), this - timedelta(days=1))


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def moments(period: Period) -> tuple[datetime, datetime]:
    """First and last moment of the period, in the city."""
    return (
        datetime.combine(period.first_day, time.min, CITY_ZONE),
        datetime.combine(period.last_day, time.max, CITY_ZONE),
    )


def days_of(period: Period) -> Iterator[date]:
    """Every day, in order."""
    return (period.first_day + timedelta(days=number) for number in range(period.length))


def pieces(period: Period, today: date) -> list[tuple[str, date]]:
    """The tallies that make up a period, by span and first day: whole months, and the days around them.

    The month that is not over counts as whole once ``period`` reaches today: no day of it is counted yet
    that would not belong.
    """
    found: list[tuple[str, date]] = []
    day = period.first_day
    while day <= min(period.last_day, today):
        end = month_end(day)
        if day.day == 1 and (end <= period.last_day or period.last_day >= today):
            found.append((Span.MONTH, day))
            day = end + timedelta(days=1)
        else:
            found.append((Span.DAY, day))
            day += timedelta(days=1)
    return found
