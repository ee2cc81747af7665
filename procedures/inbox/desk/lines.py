"""What a line of the list says of a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from cms.accounts.models import User
from procedures.inbox import tracking_number
from procedures.inbox.clock import NO_DATE, city_day
from procedures.inbox.desk import names
from procedures.inbox.querysets import CITY_ZONE, city_today
from procedures.inbox.transitions import Channel, Status

SOON_DAYS = 3
PERSON = ("first_name", "last_name", "email")
COLUMNS = (
    "id",
    "tracking_number",
    "requester_name",
    "procedure_id",
    "department_id",
    "team_id",
    "status",
    "channel",
    "due_key",
    "due_on",
    "announced_on",
    "received_at",
    "closed_at",
    "resident_wrote_at",
    "mail_failed_at",
    *(f"agent__{column}" for column in PERSON),
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
    team: str
    status: str
    status_label: str
    channel: str
    due_on: date | None
    is_announced: bool
    """The first date to keep is the one that was announced; else it is the legal one."""
    closed_on: date | None
    age_days: int
    urgency: str
    """``overdue``, ``soon`` or nothing, said in words beside the date."""
    resident_wrote: bool
    mail_failed: bool


def lines_of(rows: list[dict[str, Any]]) -> list[Line]:
    """Name what the rows point to; names are read once and not joined, those of agents apart."""
    today = city_today()
    known = Names(names.procedures(), names.departments(), names.team_names())
    return [_line(row, today, known) for row in rows]


class Names(NamedTuple):
    """Names by id."""

    procedures: dict[int, str]
    departments: dict[int, str]
    teams: dict[int, str]


def _line(row: dict[str, Any], today: date, known: Names) -> Line:
    received = city_day(row["received_at"], CITY_ZONE)
    closed = city_day(row["closed_at"], CITY_ZONE) if row["closed_at"] else None
    return Line(
        id=row["id"],
        number=tracking_number.shown(row["tracking_number"]),
        requester=row["requester_name"],
        procedure=known.procedures.get(row["procedure_id"], ""),
        department=known.departments.get(row["department_id"], ""),
        agent=_agent(row),
        team=known.teams.get(row["team_id"], ""),
        status=row["status"],
        status_label=str(Status(row["status"]).label),
        channel=str(Channel(row["channel"]).label),
        due_on=None if row["due_key"] == NO_DATE else row["due_key"],
        is_announced=row["announced_on"] == row["due_key"] and row["due_on"] != row["due_key"],
        closed_on=closed,
        age_days=((closed or today) - received).days,
        urgency=_urgency(row, today),
        resident_wrote=row["resident_wrote_at"] is not None,
        mail_failed=row["mail_failed_at"] is not None,
    )


def _agent(row: dict[str, Any]) -> str:
    if row["agent__email"] is None:
        return ""
    return str(User(**{column: row[f"agent__{column}"] for column in PERSON}))


def _urgency(row: dict[str, Any], today: date) -> str:
    if row["closed_at"] is not None:
        return ""
    left = (row["due_key"] - today).days
    return "overdue" if left < 0 else "soon" if left <= SOON_DAYS else ""
