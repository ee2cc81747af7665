"""The legal clock of a request: pure Python, dates of the city, no database.

Silence of the administration is worth acceptance or refusal after a delay (CRPA L231-1 and
L231-4). Asking for what is missing moves the date (CRPA L114-5): where silence accepts, the
delay only runs from the day all is there; where it refuses, it stops for the time that was
given, and no longer than until the answer (decision 32). What a department promises may count
in working days instead (``working_days``).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from procedures.inbox.working_days import WorkingDays

NO_DATE = date(9999, 12, 31)
"""Sorts after every date: the key of a request that no delay binds."""


class SilenceEffect(StrEnum):
    """What silence is worth once the delay is over."""

    ACCEPTANCE = "acceptance"
    REFUSAL = "refusal"
    NONE = "none"


class Unit(StrEnum):
    """Unit of a legal delay; all count calendar days, working or not."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class Convention(StrEnum):
    """Which day is the first of a delay; public sources differ by one day."""

    DAY_AFTER = "day_after"
    """The national procedure platform: 15 May, two months → 16 July."""
    SAME_DAY = "same_day"
    """The State's directory: 1 October, two months → 1 December."""

    @property
    def offset_days(self) -> int:
        """Days between an act and the first day that counts."""
        return 1 if self is Convention.DAY_AFTER else 0


class Lack(StrEnum):
    """Why the city asks again."""

    INCOMPLETE = "incomplete"
    INCORRECT = "incorrect"


@dataclass(frozen=True)
class Rule:
    """The delay that the procedure had on the day of filing."""

    effect: SilenceEffect
    delay: int
    unit: Unit
    convention: Convention = Convention.DAY_AFTER


@dataclass(frozen=True)
class Wait:
    """A time when the city waited for the resident; ``until`` None: it still does."""

    lack: Lack
    since: date
    until: date | None = None
    by: date | None = None
    """Last day that was given to answer: a delay that ends in a refusal stops no longer than that."""

    def end(self, effect: SilenceEffect, today: date) -> date:
        """The last day on which the legal delay stood still.

        Where silence refuses, a wait that is not over counts with all the time that was given.
        """
        if effect is SilenceEffect.REFUSAL and self.by is not None:
            return max(self.since, min(self.until or self.by, self.by))
        return max(self.since, self.until or today)


def city_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day it is in the city at ``moment`` (aware)."""
    return moment.astimezone(zone).date()


def due_on(
    rule: Rule, received: date, waits: Sequence[Wait] = (), *, today: date, competent: date | None = None
) -> date | None:
    """The day on which silence takes effect; None where it has none.

    A wait that is not over counts as if it ended ``today``; where silence refuses, on the last
    day that was given, so that the date holds by itself. The latest of the possible dates is
    kept, so that asking for something never brings the date nearer; what is asked once silence
    has taken effect moves nothing any more.

    Args:
        competent: the day the competent body had it, where the one asked first was not: silence
            accepts from there on, and refuses from ``received`` on (CRPA L114-3).
    """
    if rule.effect is SilenceEffect.NONE or rule.delay <= 0:
        return None
    accepts = rule.effect is SilenceEffect.ACCEPTANCE
    starts = [max(received, competent) if accepts and competent else received]
    stops: list[tuple[date, date]] = []
    due = _due_from(starts[0], rule, stops)
    for wait in sorted(waits, key=lambda wait: wait.since):
        if wait.since > due:
            break
        end = wait.end(rule.effect, today)
        if accepts and wait.lack is Lack.INCOMPLETE:
            starts.append(end)
        else:
            stops.append((wait.since, end))
        due = max(_due_from(start, rule, stops) for start in starts)
    return due


def announced_on(
    received: date,
    delay_days: int,
    waits: Sequence[Wait] = (),
    *,
    today: date,
    working: WorkingDays | None = None,
) -> date | None:
    """The day that the city promised; it stops whenever the city waits for the resident.

    Args:
        working: count only these days; None counts all days of the calendar.
    """
    if delay_days <= 0:
        return None
    promised, counted_to = _days_after(received, delay_days, working), received
    for since, until in sorted((wait.since, wait.until or today) for wait in waits):
        if since > promised:
            break
        begin = max(since, counted_to)
        if until > begin:
            promised = _days_after(promised, _days_between(begin, until, working), working)
            counted_to = until
    return promised


def is_deemed_decided(due: date | None, *, answered: date | None, today: date) -> bool:
    """Whether silence has taken effect: the day has gone by, and no answer came until then."""
    return due is not None and due < (answered or today)


def due_key(*dates: date | None) -> date:
    """What to sort by: the first date to keep."""
    return min((day for day in dates if day is not None), default=NO_DATE)


def _due_from(start: date, rule: Rule, stops: Iterable[tuple[date, date]]) -> date:
    first = start + timedelta(days=rule.convention.offset_days)
    return _add(first, rule.delay, rule.unit) + timedelta(days=_days_within(stops, first, rule.convention))


def _days_within(spans: Iterable[tuple[date, date]], first: date, convention: Convention) -> int:
    """Count the days of ``spans`` from ``first`` on, each day once."""
    days, counted_to = 0, first
    for since, until in sorted(spans):
        begin, end = max(since, counted_to), until + timedelta(days=convention.offset_days)
        if end > begin:
            days += (end - begin).days
            counted_to = end
    return days


def _days_after(day: date, number: int, working: WorkingDays | None) -> date:
    return working.add(day, number) if working else day + timedelta(days=number)


def _days_between(begin: date, end: date, working: WorkingDays | None) -> int:
    """Count the days after ``begin`` up to ``end``, which is one of them."""
    return working.count(begin, end) if working else (end - begin).days


def _add(day: date, delay: int, unit: Unit) -> date:
    if unit is Unit.MONTHS:
        years, month = divmod(day.year * 12 + day.month - 1 + delay, 12)
        return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
    return day + timedelta(days=delay * (7 if unit is Unit.WEEKS else 1))
