"""Tying requests to each other: related ones are linked, duplicates are joined into one that carries on."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from cms.accounts.models import User
from procedures.inbox.clock import SilenceEffect, city_day
from procedures.inbox.duplicates import is_same_person
from procedures.inbox.errors import AlreadyDecided, NotADuplicate, SameRequest
from procedures.inbox.models import Event, RequestLink, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE
from procedures.inbox.services.following import followers_of
from procedures.inbox.services.posting import post
from procedures.inbox.services.sensitive import purge_sensitive
from procedures.inbox.services.writing import begin, by_agent, dates_of, lock, moment, move_clock, record
from procedures.inbox.transitions import Action


def lock_in_order(*requests: ServiceRequest) -> None:
    """Lock several rows as everybody does, what carries on first: two agents never wait for each other."""
    for request in sorted(requests, key=lambda each: (each.merged_into_id is not None, each.pk)):
        lock(request)


@transaction.atomic
def merge(request: ServiceRequest, *, into: ServiceRequest, agent: User, at: datetime | None = None) -> Event:
    """Close ``request`` as a duplicate: ``into`` carries on, and its resident is told what becomes of it.

    What had been joined to ``request`` follows. Opened again, it stands alone.

    Raises:
        NotYours: either is another department's.
        AlreadyDecided, SameRequest: one has its answer, or the two are one.
        NotADuplicate: two people would have one answer where silence has an effect in law.
    """
    if request.pk == into.pk:
        raise SameRequest
    lock_in_order(request, into)
    status, when = begin(request, Action.MERGE, agent=agent), moment(at)
    into.status = begin(into, Action.WRITE, agent=agent)
    if into.closed_at is not None:
        raise AlreadyDecided
    _refuse_two_people(request, into)
    followers = followers_of(request)
    move_clock(request, city_day(when, CITY_ZONE))
    request.status, request.closed_at, request.merged_into, request.resident_wrote_at = status, when, into, None
    request.agent = request.agent or agent
    event = record(request, Event.Kind.MERGED, by_agent(agent), when, into_id=into.pk, **dates_of(request))
    post(request, "merged")
    for follower in followers:
        follower.merged_into = into
        record(follower, Event.Kind.MERGED, by_agent(agent), when, visible=False, into_id=into.pk)
    is_somebody_else = not is_same_person(request, into)
    record(into, Event.Kind.DUPLICATE_JOINED, by_agent(agent), when, visible=is_somebody_else, duplicate_id=request.pk)
    if not settings.SENSITIVE_DAYS:
        purge_sensitive(request, at=when)
    return event


def _refuse_two_people(request: ServiceRequest, into: ServiceRequest) -> None:
    binding = [one for one in (request, into) if one.silence_effect != SilenceEffect.NONE]
    if binding and not is_same_person(request, into):
        raise NotADuplicate


@transaction.atomic
def link(request: ServiceRequest, *, to: ServiceRequest, agent: User, at: datetime | None = None) -> Event | None:
    """Say that two requests have to do with each other; None where that is said already.

    Raises:
        NotYours, SameRequest: another department's, or the two are one.
    """
    if request.pk == to.pk:
        raise SameRequest
    lock_in_order(request, to)
    for each in (request, to):
        begin(each, Action.WRITE, agent=agent)
    if _related(request, to).exists():
        return None
    RequestLink.objects.create(source=request, target=to, made_by=agent, made_at=moment(at))
    record(to, Event.Kind.LINKED, by_agent(agent), moment(at), visible=False, to=request.number, to_id=request.pk)
    return record(request, Event.Kind.LINKED, by_agent(agent), moment(at), visible=False, to=to.number, to_id=to.pk)


@transaction.atomic
def unlink(request: ServiceRequest, *, to: ServiceRequest, agent: User, at: datetime | None = None) -> Event | None:
    """Take back what ``link`` said; None where nothing tied the two."""
    lock_in_order(request, to)
    for each in (request, to):
        begin(each, Action.WRITE, agent=agent)
    if not _related(request, to).delete()[0]:
        return None
    record(to, Event.Kind.UNLINKED, by_agent(agent), moment(at), visible=False, to=request.number, to_id=request.pk)
    return record(request, Event.Kind.UNLINKED, by_agent(agent), moment(at), visible=False, to=to.number, to_id=to.pk)


def _related(one: ServiceRequest, other: ServiceRequest) -> models.QuerySet[RequestLink]:
    either_way = Q(source=one, target=other) | Q(source=other, target=one)
    return RequestLink.objects.filter(either_way, kind=RequestLink.Kind.RELATED)
