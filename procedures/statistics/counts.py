"""Reading the daily aggregates: counts of a period and a scope, by whatever one asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Subquery

from procedures.inbox.querysets import city_today
from procedures.plugins import Counts
from procedures.statistics.cells import NUMBERS, PLACES, Sums
from procedures.statistics.models import Grain, Progress, Span, Tally
from procedures.statistics.periods import Period, days_of, pieces

DAILY_UP_TO = 31
"""Days of a period that is told day by day; a longer one is told by months."""


@dataclass(frozen=True)
class Scope:
    """Whose requests, and which; None, 0 and "": all."""

    department_ids: frozenset[int] | None = None
    procedure_id: int = 0
    channel: str = ""
    district_id: int = 0

    def narrowed(self, column: str, key: Any) -> Scope:
        """Of one department, procedure, channel or district alone."""
        if column == "department_id":
            return replace(self, department_ids=frozenset({key}))
        return replace(self, **{column: key})

    def grain(self, by: str = "") -> Grain:
        """The coarsest tallies that can tell."""
        told_apart = (self.channel or by == "channel", self.district_id or by == "district_id")
        return Grain(bool(told_apart[0]) * Grain.CHANNEL + bool(told_apart[1]) * Grain.DISTRICT)

    def tallies(self, by: str = "") -> QuerySet[Any]:
        """Those of the scope."""
        found = Tally.objects.filter(grain=self.grain(by))
        if self.department_ids is not None:
            found = found.filter(department_id__in=self.department_ids)
        if self.procedure_id:
            found = found.filter(procedure_id=self.procedure_id)
        if self.channel:
            found = found.filter(channel=self.channel)
        if self.district_id:
            found = found.filter(district_id=self.district_id)
        return found


class Row(NamedTuple):
    """A tally as it is read: its place in time, where it counts, its sums."""

    span: str
    first_day: date
    place: dict[str, Any]
    sums: Sums


class Told(NamedTuple):
    """A period, told: everything, by stretch of time, by what was asked."""

    total: Counts
    over_time: list[tuple[date, Counts]]
    parts: dict[Any, Counts]


class Ledger:
    """The tallies of one scope over one or more periods, and what waits now: one query."""

    def __init__(self, scope: Scope, periods: Sequence[Period], *, by: str = "") -> None:
        self.scope, self.by, self.today = scope, by, city_today()
        self.pieces = {period: self._pieces(period) for period in periods}
        wanted: dict[str, set[date]] = {Span.DAY: set(), Span.MONTH: set()}
        for found in self.pieces.values():
            for span, day in found:
                wanted[span].add(day)
        when = Q(span=Span.NOW)
        for span, days in wanted.items():
            if days:
                when |= Q(span=span, first_day__in=days)
        counted_at = Progress.objects.values("counted_at")[:1]
        found = scope.tallies(by).filter(when).annotate(counted_at=Subquery(counted_at))
        read = list(found.values_list("counted_at", *COLUMNS))
        self.counted_at: datetime | None = read[0][0] if read else None
        self.rows = [_row(values[1:]) for values in read]

    def told(self, period: Period) -> Told:
        """The counts of one of the periods."""
        within, now = self.pieces[period], self._now()
        rows = [row for row in self.rows if (row.span, row.first_day) in within]
        is_daily = period.length <= DAILY_UP_TO
        over_time: dict[date, Sums] = {day: Sums() for day in _stretches(period, self.today, is_daily)}
        total, parts = Sums(), _parts(now, self.by)
        for row in now:
            total.add(row.sums)
        for row in rows:
            total.add(row.sums)
            over_time[row.first_day if is_daily else row.first_day.replace(day=1)].add(row.sums)
            if self.by:
                parts.setdefault(row.place[self.by], Sums()).add(row.sums)
        return Told(
            total=counted(total, period, self.scope),
            over_time=[(day, counted(sums, period, self.scope)) for day, sums in over_time.items()],
            parts={key: counted(sums, period, self.scope) for key, sums in parts.items()},
        )

    def _pieces(self, period: Period) -> set[tuple[str, date]]:
        """The tallies it is made of; days, where it is told by days."""
        if period.length <= DAILY_UP_TO:
            return {(Span.DAY, day) for day in days_of(period)}
        return set(pieces(period, self.today))

    def _now(self) -> list[Row]:
        return [row for row in self.rows if row.span == Span.NOW]


def counted(sums: Sums, period: Period, scope: Scope) -> Counts:
    """Sums under the names that figures know them by."""
    numbers = {name: sums.numbers[name] for name in NUMBERS}
    asked = {"first_day": period.first_day, "last_day": period.last_day, "scope": scope}
    return {**numbers, "days": dict(sums.days), "steps": dict(sums.steps), **asked}


def _parts(now: list[Row], by: str) -> dict[Any, Sums]:
    parts: dict[Any, Sums] = {}
    for row in now if by else ():
        parts.setdefault(row.place[by], Sums()).add(row.sums)
    return parts


def _stretches(period: Period, today: date, is_daily: bool) -> Iterator[date]:
    """The days or months of a period, empty ones too; none that has not begun."""
    last = min(period.last_day, today)
    for day in days_of(period):
        if day <= last and (is_daily or day.day == 1 or day == period.first_day):
            yield day if is_daily else day.replace(day=1)


def counts_of(period: Period, scope: Scope | None = None) -> Counts:
    """Everything counted in a period; of the whole town by default."""
    return Ledger(scope or Scope(), [period]).told(period).total


COLUMNS = ("span", "first_day", *PLACES, *NUMBERS, "days", "steps")


def _row(values: Iterable[Any]) -> Row:
    named = dict(zip(COLUMNS, values, strict=True))
    sums = Sums(
        Counter({name: named[name] for name in NUMBERS if named[name]}),
        Counter({int(days): number for days, number in named["days"].items()}),
        Counter({int(step): number for step, number in named["steps"].items()}),
    )
    return Row(named["span"], named["first_day"], {name: named[name] for name in PLACES}, sums)


def added(several: Iterable[Counts], period: Period) -> Counts:
    """Counts of several scopes, as if of one."""
    sums = Sums()
    for counts in several:
        sums.add(
            Sums(Counter({name: counts[name] for name in NUMBERS}), Counter(counts["days"]), Counter(counts["steps"]))
        )
    return counted(sums, period, Scope())
