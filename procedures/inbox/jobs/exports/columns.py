"""The columns of an export, in the active language; each reads a raw row, without making a model of it.

Days and moments come from the database as text, the same on SQLite and PostgreSQL: converting them to
objects and back took longer than all the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from cms.accounts.models import User
from directory.models import District
from procedures.inbox import tracking_number
from procedures.inbox.clock import NO_DATE, SilenceEffect
from procedures.inbox.desk import names
from procedures.inbox.models import Team
from procedures.inbox.querysets import CITY_ZONE, city_today
from procedures.inbox.transitions import Channel, Status

Raw = tuple[Any, ...]


class Kind(Enum):
    """What a cell is, for formats that know the difference."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    """ISO: ``2026-11-14``, of the city."""
    MOMENT = "moment"
    """``2026-11-14 18:22``, of the city."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, what its cells are, and how to find one in a raw row."""

    label: str
    value: Callable[[Raw], Any]
    kind: Kind = Kind.TEXT


PLAIN = (
    "id", "tracking_number", "procedure_id", "department_id", "agent_id", "team_id", "district_id", "status", "channel",
    "language", "silence_effect", "fee_cents",
)  # fmt: skip
MOMENTS, DAYS = ("received_at", "closed_at"), ("due_on", "announced_on", "due_key", "reopened_on")
PERSONAL = ("requester_name", "requester_email", "requester_phone")
SOURCES: Mapping[str, Any] = {
    **dict.fromkeys(PLAIN),
    **{name: Cast(name, CharField()) for name in (*MOMENTS, *DAYS)},
    **dict.fromkeys(PERSONAL),
}
"""What is read of each request, in the order of a raw row; answers come after, where they are asked for."""
AT = {name: place for place, name in enumerate(SOURCES)}
ANSWERS = len(SOURCES)


@cache
def _city_hour(utc_hour: str) -> str:
    moment = datetime.fromisoformat(f"{utc_hour}:00").replace(tzinfo=UTC).astimezone(CITY_ZONE)
    return f"{moment:%Y-%m-%d %H}"


def city_moment(text: str | None) -> str:
    """A moment in UTC, as the database writes it, in the city's time to the minute."""
    return _city_hour(text[:13]) + text[13:16] if text else ""


@cache
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def general_columns() -> list[Column]:
    """What an export says of every request."""
    procedures, departments = names.procedures(), names.departments()
    agents = {user.pk: str(user) for user in User.objects.filter(is_staff=True)}
    teams, districts = dict(Team.objects.values_list("pk", "name")), dict(District.objects.values_list("pk", "name"))
    effects = {
        SilenceEffect.ACCEPTANCE.value: _("Acceptance"),
        SilenceEffect.REFUSAL.value: _("Refusal"),
        SilenceEffect.NONE.value: "",
    }
    return [
        Column(_("Tracking number"), lambda raw: tracking_number.shown(raw[1])),
        _named(_("Procedure"), "procedure_id", procedures),
        _named(_("Status"), "status", _labels(Status)),
        _named(_("Channel"), "channel", _labels(Channel)),
        _named(_("Department"), "department_id", departments),
        _named(_("Agent"), "agent_id", agents),
        _named(_("Team"), "team_id", teams),
        _named(_("District"), "district_id", districts),
        _moment(_("Received"), "received_at"),
        _day(_("Announced date"), "announced_on"),
        _day(_("Legal date"), "due_on"),
        _named(_("Silence is worth"), "silence_effect", effects),
        _moment(_("Answered"), "closed_at"),
        *_delays(),
        _day(_("Reopened"), "reopened_on"),
        _named(_("Language"), "language", {}),
        Column(_("Fee (€)"), lambda raw: raw[11] / 100 if raw[11] else "", Kind.NUMBER),
    ]


def personal_columns() -> list[Column]:
    """Who asked."""
    labels = (_("Requester"), _("E-mail"), _("Phone"))
    return [_text(label, name) for label, name in zip(labels, PERSONAL, strict=True)]


def _delays() -> list[Column]:
    today, received, closed, due = city_today().isoformat(), AT["received_at"], AT["closed_at"], AT["due_key"]
    yes, no, never = _("yes"), _("no"), NO_DATE.isoformat()

    def end(raw: Raw) -> str:
        return city_moment(raw[closed])[:10] or today

    def days(raw: Raw) -> int:
        return _ordinal(end(raw)) - _ordinal(city_moment(raw[received])[:10])

    def late(raw: Raw) -> str:
        return "" if raw[due] == never else yes if end(raw) > raw[due] else no

    return [Column(_("Days until the answer, or today"), days, Kind.NUMBER), Column(_("Late"), late)]


def _labels(choices: Any) -> dict[Any, str]:
    return {value: str(label) for value, label in choices.choices}


def _named(label: str, name: str, words: Mapping[Any, str]) -> Column:
    at = AT[name]
    if not words:
        return _text(label, name)
    return Column(label, lambda raw: words.get(raw[at], ""))


def _text(label: str, name: str) -> Column:
    at = AT[name]
    return Column(label, lambda raw: raw[at] or "")


def _day(label: str, name: str) -> Column:
    at = AT[name]
    return Column(label, lambda raw: raw[at] or "", Kind.DAY)


def _moment(label: str, name: str) -> Column:
    at = AT[name]
    return Column(label, lambda raw: city_moment(raw[at]), Kind.MOMENT)
