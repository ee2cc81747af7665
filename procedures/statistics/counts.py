"""Reading the daily aggregates: counts of a period and a scope, by whatever one asks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import product
from typing import Any, NamedTuple, cast

from django.db.models import Aggregate, F, JSONField, Q, QuerySet, Subquery, Sum, Value

from procedures.inbox.querysets import city_today
from procedures.plugins import Counts
from procedures.statistics.cells import NUMBERS, Sums, merge
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

    def tallies(self) -> QuerySet[Any]:
        """Those of the scope, of every grain that can tell."""
        found = Tally.objects.all()
        if self.department_ids is not None:
            found = found.filter(department_id__in=self.department_ids)
        if self.procedure_id:
            found = found.filter(procedure_id=self.procedure_id)
        if self.channel:
            found = found.filter(channel=self.channel)
        if self.district_id:
            found = found.filter(district_id=self.district_id)
        return found


class Gathered(Aggregate):
    """The JSON of several rows as one list: read at once, it costs a third of what it costs row by row."""

    template = "'[' || STRING_AGG((%(expressions)s)::text, ',') || ']'"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """As SQLite says it, where JSON is text."""
        return self.as_sql(compiler, connection, template="'[' || GROUP_CONCAT(%(expressions)s) || ']'", **extra)


SUMMED = [(name, f"all_{name}") for name in NUMBERS]
EACH = {f"all_{name}": F(name) for name in (*NUMBERS, "days", "steps")}
SUMS = {column: Sum(name) for name, column in SUMMED} | {f"all_{name}": Gathered(name) for name in ("days", "steps")}


class Row(NamedTuple):
    """Tallies as they are read, added up: their grain and place in time, of which part they are, their sums."""

    when: tuple[int, str, date]
    part: Any
    sums: Sums


class Told(NamedTuple):
    """A period, told: everything, by stretch of time, by what was asked."""

    total: Counts
    over_time: list[tuple[date, Counts]]
    parts: dict[Any, Counts]


class Ledger:
    """The tallies of one scope over a period, of the one it is compared with, and of now: one query.

    Of the compared period only the whole is wanted: it is read as coarsely as the scope allows.
    """

    def __init__(self, scope: Scope, period: Period, compared: Period | None = None, *, by: str = "") -> None:
        self.scope, self.period, self.compared, self.by, self.today = scope, period, compared, by, city_today()
        self._fine, self._coarse = scope.grain(by), scope.grain()
        self._within = self._pieces(period, self._fine)
        self._before = self._pieces(compared, self._coarse) if compared else set()
        asked = Q(grain=self._fine, span=Span.NOW)
        for grain, span in product({self._fine, self._coarse}, (Span.DAY, Span.MONTH)):
            days = [
                day for pieces_grain, kind, day in self._within | self._before if (pieces_grain, kind) == (grain, span)
            ]
            if days:
                asked |= Q(grain=grain, span=span, first_day__in=days)
        counted_at = Progress.objects.values("counted_at")[:1]
        found = scope.tallies().filter(asked).order_by()
        if self._fine:  # many tallies make up a part: the database adds them up
            # Found first, then grouped: asked for both at once, SQLite may read all tallies there are.
            found = Tally.objects.filter(pk__in=found.values("pk")).order_by()
        parts = found.annotate(part=F(by) if by else Value("")).values("grain", "span", "first_day", "part")
        groups = parts.annotate(**(SUMS if self._fine else EACH), counted_at=Subquery(counted_at))
        read = list(groups)
        self.counted_at: datetime | None = read[0]["counted_at"] if read else None
        self.rows = [_row(group) for group in read]

    def told(self) -> Told:
        """The counts of the period."""
        is_daily = self.period.length <= DAILY_UP_TO
        over_time = {day: Sums() for day in _stretches(self.period, self.today, is_daily)}
        parts: dict[Any, Sums] = defaultdict(Sums)
        total = Sums()
        for (stretch, part), sums in self._squares(is_daily).items():
            (over_time[stretch] if stretch else total).add(sums)
            if self.by:
                parts[part].add(sums)
        for sums in over_time.values():
            total.add(sums)
        return Told(
            total=counted(total, self.period, self.scope),
            over_time=[(day, counted(sums, self.period, self.scope)) for day, sums in over_time.items()],
            parts={key: counted(sums, self.period, self.scope) for key, sums in parts.items()},
        )

    def _squares(self, is_daily: bool) -> dict[tuple[date | None, Any], Sums]:
        """Each stretch of time, None for now, of each part: the rows, many times as many, are added up but once."""
        found: dict[tuple[date | None, Any], Sums] = defaultdict(Sums)
        for when, part, sums in self.rows:
            _grain, span, day = when
            if span == Span.NOW:
                stretch = None
            elif when in self._within:
                stretch = day if is_daily else day.replace(day=1)
            else:
                continue
            found[stretch, part].add(sums)
        return found

    def before(self) -> Counts | None:
        """Everything counted in the compared period."""
        if self.compared is None:
            return None
        total = Sums()
        for row in self.rows:
            if row.when in self._before:
                total.add(row.sums)
        return counted(total, self.compared, self.scope)

    def _pieces(self, period: Period, grain: Grain) -> set[tuple[int, str, date]]:
        """The tallies it is made of; days, where it is told by days."""
        if period.length <= DAILY_UP_TO:
            return {(grain, Span.DAY, day) for day in days_of(period)}
        return {(grain, span, day) for span, day in pieces(period, self.today)}


def counted(sums: Sums, period: Period, scope: Scope) -> Counts:
    """Sums under the names that figures know them by."""
    numbers = {name: sums.numbers.get(name, 0) for name in NUMBERS}
    days, steps = ({int(key): number for key, number in spread.items()} for spread in (sums.days, sums.steps))
    asked = {"first_day": period.first_day, "last_day": period.last_day, "scope": scope}
    return {**numbers, "days": days, "steps": steps, **asked}


def _stretches(period: Period, today: date, is_daily: bool) -> Iterator[date]:
    """The days or months of a period, empty ones too; none that has not begun."""
    last = min(period.last_day, today)
    for day in days_of(period):
        if day <= last and (is_daily or day.day == 1 or day == period.first_day):
            yield day if is_daily else day.replace(day=1)


def counts_of(period: Period, scope: Scope | None = None) -> Counts:
    """Everything counted in a period; of the whole town by default."""
    return Ledger(scope or Scope(), period).told().total


def _row(group: dict[str, Any]) -> Row:
    """A group of tallies; numbers of days and steps are words while they are JSON."""
    numbers = {name: number for name, column in SUMMED if (number := group[column])}
    sums = Sums(cast("Counter[str]", numbers), _added(group["all_days"]), _added(group["all_steps"]))
    return Row((group["grain"], group["span"], group["first_day"]), group["part"], sums)


def _added(told: Any) -> Counter[int]:
    """The spread of one tally, or of a list of them."""
    if isinstance(told, dict):
        return cast("Counter[int]", told)
    first, *others = told
    for one in others:
        merge(first, one)
    return cast("Counter[int]", first)


def added(several: Iterable[Counts], period: Period) -> Counts:
    """Counts of several scopes, as if of one."""
    sums = Sums()
    for counts in several:
        sums.add(
            Sums(Counter({name: counts[name] for name in NUMBERS}), Counter(counts["days"]), Counter(counts["steps"]))
        )
    return counted(sums, period, Scope())
