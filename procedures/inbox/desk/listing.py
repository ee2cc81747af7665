"""A page of the list, at the same cost among a thousand requests as among a hundred thousand.

Pages are found by key (the date due and the id of the last line), never by counting lines;
counts stop at a thousand, which is all a person can use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from procedures.inbox import tracking_number
from procedures.inbox.clock import NO_DATE, city_day
from procedures.inbox.desk import names
from procedures.inbox.models import ServiceRequest
from procedures.inbox.querysets import CITY_ZONE, city_today
from procedures.inbox.transitions import Channel, Status

LINES = 50
COUNT_CAP = 1000
SOON_DAYS = 3
COLUMNS = (
    "id",
    "tracking_number",
    "requester_name",
    "procedure_id",
    "department_id",
    "agent_id",
    "status",
    "channel",
    "due_key",
    "received_at",
    "closed_at",
    "resident_wrote_at",
)


@dataclass(frozen=True)
class Line:
    """One request, on one line."""

    id: int
    number: str
    requester: str
    procedure: str
    department: str
    agent: str
    status: str
    status_label: str
    channel: str
    due_on: date | None
    age_days: int
    urgency: str
    """``overdue``, ``soon`` or nothing, said in words beside the date."""
    resident_wrote: bool


@dataclass(frozen=True)
class ListPage:
    """Lines, and the keys of the pages around them."""

    lines: list[Line]
    previous: str
    next: str


def page_of(found: QuerySet[ServiceRequest], *, after: str = "", before: str = "") -> ListPage:
    """The lines after or before a key; a key that can't be read gives the first page."""
    backwards = bool(before)
    key = read_key(before if backwards else after)
    ordered = found.order_by("-due_key", "-id") if backwards else found.order_by("due_key", "id")
    if key is not None:
        ordered = ordered.filter(_beyond(key, backwards=backwards))
    ids = list(ordered.values_list("id", flat=True)[: LINES + 1])
    more, ids = len(ids) > LINES, ids[:LINES]
    rows = sorted(
        ServiceRequest.objects.filter(pk__in=ids).values(*COLUMNS), key=lambda row: (row["due_key"], row["id"])
    )
    is_first = key is None or (backwards and not more)
    is_last = (not more) if not backwards else False
    return ListPage(
        lines=_lines(rows),
        previous="" if is_first or not rows else write_key(rows[0]),
        next="" if is_last or not rows else write_key(rows[-1]),
    )


def capped_count(found: QuerySet[ServiceRequest]) -> int:
    """How many, up to one more than ``COUNT_CAP``."""
    return found.order_by().values("pk")[: COUNT_CAP + 1].count()


def write_key(row: dict[str, Any]) -> str:
    """The place of a line in the list."""
    return f"{row['due_key']:%Y%m%d}-{row['id']}"


def read_key(text: str) -> tuple[date, int] | None:
    """Read a place back; None for anything else."""
    day, _, number = text.partition("-")
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])), int(number)
    except ValueError:
        return None


def _beyond(key: tuple[date, int], *, backwards: bool) -> Q:
    """What comes after the key; each database is quick in one of two forms and slow in the other."""
    day, pk = key
    if connection.vendor == "postgresql":
        lookup = TupleLessThan if backwards else TupleGreaterThan
        return Q(lookup((F("due_key"), F("id")), (day, pk)))
    if backwards:
        return Q(due_key__lte=day) & (Q(due_key__lt=day) | Q(id__lt=pk))
    return Q(due_key__gte=day) & (Q(due_key__gt=day) | Q(id__gt=pk))


def _lines(rows: list[dict[str, Any]]) -> list[Line]:
    today = city_today()
    departments, procedures = names.departments(), names.procedures()
    agents = names.agents({row["agent_id"] for row in rows if row["agent_id"]})
    return [
        Line(
            id=row["id"],
            number=tracking_number.shown(row["tracking_number"]),
            requester=row["requester_name"],
            procedure=procedures.get(row["procedure_id"], ""),
            department=departments.get(row["department_id"], ""),
            agent=agents.get(row["agent_id"], ""),
            status=row["status"],
            status_label=str(Status(row["status"]).label),
            channel=str(Channel(row["channel"]).label),
            due_on=None if row["due_key"] == NO_DATE else row["due_key"],
            age_days=(today - city_day(row["received_at"], CITY_ZONE)).days,
            urgency=_urgency(row, today),
            resident_wrote=row["resident_wrote_at"] is not None,
        )
        for row in rows
    ]


def _urgency(row: dict[str, Any], today: date) -> str:
    if row["closed_at"] is not None:
        return ""
    left = (row["due_key"] - today).days
    return "overdue" if left < 0 else "soon" if left <= SOON_DAYS else ""
