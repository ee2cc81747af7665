"""What stands around a request on its page: colleagues on it, duplicates and links, checklist, templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from cms.accounts.models import User
from procedures.inbox.desk import names
from procedures.inbox.desk.holding import HERE_MINUTES, shares_address
from procedures.inbox.desk.ties import CheckForm
from procedures.inbox.duplicates import Likely, likely_duplicates
from procedures.inbox.models import Event, Note, Reading, ReplyTemplate, ServiceRequest
from procedures.inbox.querysets import ServiceRequestQuerySet


@dataclass(frozen=True)
class Presence:
    """A colleague who opened the page not long ago."""

    name: str
    minutes: int


@dataclass(frozen=True)
class Tie:
    """A request that has to do with this one; None where the agent may not see it."""

    request: ServiceRequest | None
    kind: str
    label: str


def surroundings(
    request: ServiceRequest, user: User, visible: ServiceRequestQuerySet, unsent: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    """The context of the panels that agents work with.

    Args:
        visible: what ``user`` may see.
        unsent: what was ticked and not kept yet (``desk.unsent``).
    """
    checklist = CheckForm(about=request, prefix="check", initial=unsent.get("check"))
    return {
        "colleagues_here": colleagues_here(request, user),
        "likely": likely_of(request, visible),
        "ties": ties_of(request, visible),
        "carries_on": visible.filter(pk=request.merged_into_id).first() if request.merged_into_id else None,
        "followers": followers_of(request, visible),
        "checklist": checklist if checklist.asked else None,
        "templates": templates_for(request),
        "calls_me": [note for note in request.notes.all() if calls(note, user)],
    }


def calls(note: Note, user: User) -> bool:
    """Whether the note calls the user, who has not seen it yet."""
    return any(mention.user_id == user.pk and mention.seen_at is None for mention in note.mentions.all())


def colleagues_here(request: ServiceRequest, user: User, now: datetime | None = None) -> list[Presence]:
    """Who else opened the page lately, the latest first, each once."""
    now = now or timezone.now()
    since = now - timedelta(minutes=HERE_MINUTES)
    rows = request.readings.filter(way=Reading.Way.PAGE, at__gt=since).exclude(user=user)
    latest: dict[str, datetime] = {}
    for name, at in rows.values_list("name", "at"):
        latest[name] = max(at, latest.get(name, at))
    return [
        Presence(name, int((now - at).total_seconds() // 60))
        for name, at in sorted(latest.items(), key=lambda item: item[1], reverse=True)
    ]


def likely_of(request: ServiceRequest, visible: ServiceRequestQuerySet) -> list[Likely]:
    """Likely duplicates, while there is something to join."""
    if request.is_decided or (request.latitude is None and not shares_address(request)):
        return []
    return likely_duplicates(request, visible)


def followers_of(request: ServiceRequest, visible: ServiceRequestQuerySet) -> list[ServiceRequest]:
    """What was joined to this one, as far as the agent may see it: the two may have been of two departments."""
    followers = list(request.duplicates.all())
    if all(follower.department_id == request.department_id for follower in followers):
        return followers
    seen = set(visible.filter(pk__in=[follower.pk for follower in followers]).values_list("pk", flat=True))
    return [follower for follower in followers if follower.pk in seen]


def ties_of(request: ServiceRequest, visible: ServiceRequestQuerySet) -> list[Tie]:
    """Links both ways; of what is another department's, only that there is something."""
    links = sorted([*request.links_from.all(), *request.links_to.all()], key=lambda link: (link.made_at, link.pk))
    others = {link.target_id if link.source_id == request.pk else link.source_id for link in links}
    if not others:
        return []
    rows = visible.filter(pk__in=others).select_related("procedure")
    seen = {row.pk: row for row in rows}
    ties = []
    for link in links:
        other = link.target_id if link.source_id == request.pk else link.source_id
        ties.append(Tie(seen.get(other), link.kind, link.get_kind_display()))
    return ties


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
