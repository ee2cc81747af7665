"""A page of the list, at the same cost among a thousand requests as among a million.

Pages are found by key (a date and the id of a line), never by counting lines, so the last page costs what the
first does. Counts stop at a thousand, which is all a person can use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from procedures.inbox.desk.lines import COLUMNS, Line, lines_of
from procedures.inbox.models import ServiceRequest
from procedures.inbox.querysets import CITY_ZONE

LINES = 50
COUNT_CAP = 1000
LAST = "last"
"""The key of what follows the last line."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Order:
    """By which column, and whether the greatest comes first; ``id`` settles ties the same way."""

    column: str
    descending: bool = False

    @property
    def is_date(self) -> bool:
        """Whether the column holds dates; else moments."""
        return self.column == "due_key"

    def names(self, *, backwards: bool = False) -> tuple[str, str]:
        """What to order by."""
        sign = "-" if self.descending != backwards else ""
        return f"{sign}{self.column}", f"{sign}id"

    def write_key(self, row: dict[str, Any]) -> str:
        """The place of a line."""
        value = row[self.column]
        place = f"{value:%Y%m%d}" if self.is_date else str((value - EPOCH) // timedelta(microseconds=1))
        return f"{place}-{row['id']}"

    def read_key(self, text: str) -> tuple[date | datetime, int] | None:
        """Read a place back; None for anything else."""
        place, _, number = text.partition("-")
        try:
            if self.is_date:
                return date(int(place[:4]), int(place[4:6]), int(place[6:])), int(number)
            return EPOCH + timedelta(microseconds=int(place)), int(number)
        except (ValueError, OverflowError):
            return None

    def key_at(self, day: date) -> str:
        """The place just before the first line of ``day``, or of the next one that has any."""
        before = day + timedelta(days=1) if self.descending else day
        moment = datetime.combine(before, time(), CITY_ZONE)
        return self.write_key({self.column: before if self.is_date else moment, "id": 0})

    def beyond(self, key: tuple[date | datetime, int], *, backwards: bool) -> Q:
        """What comes after the key; each database is quick in one of two forms and slow in the other."""
        value, pk = key
        down = self.descending != backwards
        if connection.vendor == "postgresql":
            lookup = TupleLessThan if down else TupleGreaterThan
            return Q(lookup((F(self.column), F("id")), (value, pk)))
        near, far, tie = ("lte", "lt", "lt") if down else ("gte", "gt", "gt")
        further = Q(**{f"{self.column}__{far}": value}) | Q(**{f"id__{tie}": pk})
        return Q(**{f"{self.column}__{near}": value}) & further


DUE = Order("due_key")


@dataclass(frozen=True)
class ListPage:
    """Lines, and the keys of the pages around them: empty where there is none."""

    lines: list[Line]
    previous: str
    next: str
    comes_close: bool = False
    """Found by likeness, not as it was typed."""
    count: int | None = None
    """How many there are in all, where it is known already."""

    @property
    def is_first(self) -> bool:
        """Whether nothing comes before."""
        return not self.previous


def page_of(found: QuerySet[ServiceRequest], order: Order = DUE, *, after: str = "", before: str = "") -> ListPage:
    """The lines after or before a key; a key that can't be read gives the first page, ``LAST`` the last one."""
    backwards = bool(before)
    key = order.read_key(before if backwards else after)
    backwards = backwards and (key is not None or before == LAST)
    ordered = found.order_by(*order.names(backwards=backwards))
    if key is not None:
        ordered = ordered.filter(order.beyond(key, backwards=backwards))
    rows = _rows(ordered)
    more, rows = len(rows) > LINES, rows[:LINES]
    is_all = key is None and not more
    if backwards:
        rows.reverse()
    is_first = (not more) if backwards else key is None
    is_last = before == LAST if backwards else not more
    return ListPage(
        lines=lines_of(rows),
        previous="" if is_first or not rows else order.write_key(rows[0]),
        next="" if is_last or not rows else order.write_key(rows[-1]),
        count=len(rows) if is_all else None,
    )


def _rows(ordered: QuerySet[ServiceRequest]) -> list[dict[str, Any]]:
    """One more than a page has, where there are more: ids from an index alone, then what lines show of these."""
    ids = ordered.values("id")[: LINES + 1]
    return list(ServiceRequest.objects.filter(pk__in=ids).order_by(*ordered.query.order_by).values(*COLUMNS))


def page_of_ids(ids: Sequence[int], *, after: str = "", before: str = "", comes_close: bool = False) -> ListPage:
    """A page of what a search has found, in its order; keys are the ids of lines."""
    start = 0
    if before == LAST:
        start = max(0, (len(ids) - 1) // LINES * LINES)
    elif (place := _place(ids, before)) is not None:
        start = max(0, place - LINES)
    elif (place := _place(ids, after)) is not None:
        start = place + 1
    shown = ids[start : start + LINES]
    return ListPage(
        lines=lines_of(rows_of(shown)),
        previous=str(shown[0]) if shown and start else "",
        next=str(shown[-1]) if len(ids) > start + LINES else "",
        comes_close=comes_close,
        count=len(ids),
    )


def _place(ids: Sequence[int], key: str) -> int | None:
    return next((place for place, pk in enumerate(ids) if str(pk) == key), None) if key else None


def capped_count(found: QuerySet[ServiceRequest]) -> int:
    """How many, up to one more than ``COUNT_CAP``."""
    return found.order_by().values("pk")[: COUNT_CAP + 1].count()


def rows_of(ids: Sequence[int]) -> list[dict[str, Any]]:
    """What lines show of these requests, in this order."""
    found = {row["id"]: row for row in ServiceRequest.objects.filter(pk__in=ids).values(*COLUMNS)} if ids else {}
    return [found[pk] for pk in ids if pk in found]
