"""What stands around a request on its page: colleagues on it, duplicates and links, checklist, templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from cms.accounts.models import User
from procedures.inbox.desk import names
from procedures.inbox.desk.neighbours import Neighbours
from procedures.inbox.desk.ties import CheckForm
from procedures.inbox.models import Event, Note, ReplyTemplate, ServiceRequest


@dataclass(frozen=True)
class Presence:
    """A colleague who opened the page not long ago."""

    name: str
    minutes: int


def surroundings(neighbours: Neighbours, unsent: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """The context of the panels that agents work with.

    Args:
        unsent: what was ticked and not kept yet (``desk.unsent``).
    """
    request = neighbours.request
    checklist = CheckForm(about=request, prefix="check", initial=unsent.get("check"))
    return {
        "colleagues_here": colleagues_here(request),
        "likely": neighbours.likely(),
        "ties": neighbours.ties(),
        "carries_on": neighbours.carries_on(),
        "followers": neighbours.followers(),
        "checklist": checklist if checklist.asked else None,
        "templates": templates_for(request),
        "calls_me": [note for note in request.notes.all() if calls(note, neighbours.user)],
    }


def calls(note: Note, user: User) -> bool:
    """Whether the note calls the user, who has not seen it yet."""
    return any(mention.user_id == user.pk and mention.seen_at is None for mention in note.mentions.all())


def colleagues_here(request: ServiceRequest, now: datetime | None = None) -> list[Presence]:
    """Who else opened the page lately, the latest first, each once."""
    now = now or timezone.now()
    latest: dict[str, datetime] = {}
    for reading in request.readings.all():
        latest.setdefault(reading.name, reading.at)
    return [Presence(name, int((now - at).total_seconds() // 60)) for name, at in latest.items()]


def templates_for(request: ServiceRequest) -> list[ReplyTemplate]:
    """Reply templates of the department and the procedure, those in the resident's language first."""
    languages = {request.language, settings.LANGUAGE_CODE}
    found = (
        each
        for each in names.reply_templates()
        if each.language in languages
        and each.department_id in (None, request.department_id)
        and each.procedure_id in (None, request.procedure_id)
    )
    return sorted(found, key=lambda each: each.language != request.language)


def happened_since(request: ServiceRequest, seen: int) -> list[dict[str, Any]]:
    """The events after the first ``seen``, for whoever had not seen them."""
    events = request.events.filter(seq__gt=seen).order_by("seq")
    return [
        {
            "label": Event.Kind(event.kind).label,
            "who": event.actor_name,
            "kind": event.actor_kind,
            "at": event.at,
            "to": event.data.get("to", ""),
        }
        for event in events
    ]
