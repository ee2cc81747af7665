"""Figures of a period as tables: the same for the screen, a spreadsheet and a chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from procedures.plugins import Counts, Statistic, statistics
from procedures.statistics.access import Viewer
from procedures.statistics.asking import By, FigureForm
from procedures.statistics.counts import DAILY_UP_TO, Ledger, Scope
from procedures.statistics.links import links_of
from procedures.statistics.naming import name_of
from procedures.statistics.periods import Period
from procedures.statistics.showing import Change, Shown, change, show


@dataclass(frozen=True)
class Headline:
    """One figure of the period, what it was before, and what it counts."""

    statistic: Statistic
    now: Shown
    before: Shown | None
    change: Change
    url: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a table: what it is of, and a figure per column."""

    key: Any
    name: str
    cells: list[Shown]
    urls: list[str] = field(default_factory=list)

    @property
    def linked(self) -> Iterable[tuple[Shown, str]]:
        """Each figure with the address of the requests behind it, if there is one."""
        return zip(self.cells, self.urls or [""] * len(self.cells), strict=True)


@dataclass(frozen=True)
class Table:
    """Lines under the same figures."""

    title: str
    first: str
    columns: list[Statistic]
    lines: list[Line]


@dataclass(frozen=True)
class Board:
    """Everything the screen shows."""

    period: Period
    compared: Period | None
    headlines: list[Headline]
    over_time: Table
    parts: Table
    counted_at: datetime | None

    def tables(self) -> Mapping[str, Table]:
        """The tables that can be exported and drawn, by the name in their address."""
        return {"evolution": self.over_time, "detail": self.parts}


def board_of(form: FigureForm) -> Board:
    """Read the tallies once and lay the tables out."""
    period, compared, scope, viewer = form.asked_period, form.compared_period, form.scope, form.viewer
    ledger = Ledger(scope, period, compared, by=form.dimension.column)
    told, before = ledger.told(), ledger.before()
    reads = viewer.reads(scope.department_ids or frozenset())
    return Board(
        period=period,
        compared=compared,
        headlines=_headlines(told.total, before, scope, reads),
        over_time=_over_time(told.over_time, period, reads),
        parts=_parts(told.parts, form.dimension, scope, viewer),
        counted_at=ledger.counted_at,
    )


def _headlines(total: Counts, before: Counts | None, scope: Scope, reads: bool) -> list[Headline]:
    found = []
    urls = links_of(scope, total) if reads else {}
    for statistic in statistics:
        now = show(statistic, total, reads_requests=reads)
        then = None if before is None or statistic.is_now else show(statistic, before, reads_requests=reads)
        found.append(Headline(statistic, now, then, change(statistic, then, now), urls.get(statistic.slug, "")))
    return found


def _over_time(stretches: list[tuple[date, Counts]], period: Period, reads: bool) -> Table:
    columns = [statistic for statistic in statistics if not statistic.is_now]
    is_daily = period.length <= DAILY_UP_TO
    lines = [
        Line(day, stretch_name(day, is_daily=is_daily), [show(one, counts, reads_requests=reads) for one in columns])
        for day, counts in stretches
    ]
    return Table(_("Over time"), _("Day") if is_daily else _("Month"), columns, lines)


def _parts(parts: Mapping[Any, Counts], by: By, scope: Scope, viewer: Viewer) -> Table:
    columns, lines = list(statistics), []
    for key, counts in parts.items():
        own = scope.narrowed(by.column, key)
        reads = viewer.reads(own.department_ids or frozenset())
        urls = links_of(own, counts) if reads else {}
        cells = [show(one, counts, reads_requests=reads) for one in columns]
        lines.append(Line(key, name_of(by.column, key), cells, [urls.get(one.slug, "") for one in columns]))
    lines.sort(key=lambda line: line.name.casefold())
    return Table(_("In detail"), str(by.label), columns, lines)


def stretch_name(day: date, *, is_daily: bool) -> str:
    """A day or a month in words."""
    return date_format(day, "SHORT_DATE_FORMAT" if is_daily else "YEAR_MONTH_FORMAT")
