"""What residents may ask of their data: a copy, and its end (GDPR, articles 15 to 17)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from cms.accounts.models import User
from procedures.inbox.models import Event, Reading, ServiceRequest
from procedures.inbox.services.readings import note_reading
from procedures.inbox.services.writing import RESIDENT, by_agent, lock, moment, record

REPEATED_WITHIN = timedelta(minutes=15)
"""Pressing the button twice is one copy."""


@transaction.atomic
def note_export(request: ServiceRequest, *, agent: User | None = None, at: datetime | None = None) -> Event | None:
    """Keep that the data of ``request`` was handed out: to the resident, or by ``agent`` who answers for them.

    None where the same was written a moment ago.
    """
    lock(request)
    when, author = moment(at), by_agent(agent) if agent else RESIDENT
    kind = Event.Kind.DATA_EXPORTED
    latest = request.events.filter(kind=kind, actor_kind=author.kind, actor=agent, at__gt=when - REPEATED_WITHIN)
    if latest.exists():
        return None
    if agent:
        note_reading(request, agent, Reading.Way.EXPORT, at=when)
    return record(request, kind, author, when)
