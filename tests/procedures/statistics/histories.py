"""Lives of requests for tests of figures, and their recount from nothing but the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from procedures.inbox.clock import city_day
from procedures.inbox.models import Event, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE
from procedures.statistics.periods import Period

Kind = Event.Kind
DECISIONS = (Kind.ACCEPTED, Kind.REFUSED, Kind.CLOSED, Kind.TRANSFERRED)


def copy(request: ServiceRequest, received: datetime, closed: datetime | None = None, **fields: Any) -> ServiceRequest:
    """A request like another, as history brings it in."""
    return ServiceRequest.objects.create(
        tracking_number=uuid4().hex[:11],
        idempotency_key=uuid4(),
        access_hash=uuid4().hex,
        language="fr",
        received_at=received,
        closed_at=closed,
        **{"procedure": request.procedure, "version": request.version, "department": request.department} | fields,
    )


def _day(at: datetime) -> date:
    return city_day(at, CITY_ZONE)


def recount(period: Period, events: Iterable[Event]) -> dict[str, Any]:
    """What the figures of a period are made of, by the log alone: no row of a request is looked at."""
    lives: dict[int, list[Event]] = {}
    for event in sorted(events, key=lambda event: (event.request_id, event.seq)):
        lives.setdefault(event.request_id, []).append(event)
    counted: Counter[str] = Counter()
    days: Counter[int] = Counter()
    steps: Counter[int] = Counter()
    for life in lives.values():
        _follow(life, period, counted, days, steps)
    return {**counted, "days": dict(days), "steps": dict(steps)}


def _follow(life: list[Event], period: Period, counted: Counter[str], days: Counter, steps: Counter) -> None:
    received, last, reopened, step, contacts = _day(life[0].at), None, None, None, False
    for event in life:
        if event.kind in (*DECISIONS, Kind.MERGED):
            last = event
        elif event.kind == Kind.REOPENED:
            last, reopened = None, _day(event.at)
        elif event.kind == Kind.RATED:
            step = event.data["step"]
        elif last is None and event.kind in (
            Kind.COMPLETION_ASKED,
            Kind.WRITTEN_TO_RESIDENT,
            Kind.WRITTEN_BY_RESIDENT,
        ):
            contacts = True
    first_day, last_day = period
    counted["received"] += first_day <= received <= last_day
    counted["reopened"] += reopened is not None and first_day <= reopened <= last_day
    counted["waiting"] += last is None
    if last is None or last.kind == Kind.MERGED or not first_day <= _day(last.at) <= last_day:
        return
    answered = _day(last.at)
    announced, due = (last.data[name] and date.fromisoformat(last.data[name]) for name in ("announced_on", "due_on"))
    counted["decided"] += 1
    counted["promised"] += announced is not None
    counted["promise_kept"] += announced is not None and answered <= announced
    counted["bound"] += due is not None
    counted["bound_kept"] += due is not None and answered <= due
    counted["first_contact"] += not contacts and reopened is None
    days[(answered - received).days] += 1
    if step:
        steps[step] += 1
