"""Opening again what was closed badly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from cms.accounts.models import User
from procedures.inbox.clock import city_day
from procedures.inbox.errors import NothingLeft, NothingToSay, NotPossibleNow, TooLate
from procedures.inbox.models import Event, Message, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE
from procedures.inbox.received import ReceivedFile
from procedures.inbox.services.conversation import already_sent
from procedures.inbox.services.filing import attach
from procedures.inbox.services.following import tell_followers
from procedures.inbox.services.posting import post, post_to_staff
from procedures.inbox.services.writing import RESIDENT, begin, by_agent, dates_of, lock, moment, move_clock, record
from procedures.inbox.transitions import Action


@transaction.atomic
def reopen(
    request: ServiceRequest,
    *,
    reason: str,
    agent: User | None = None,
    files: Sequence[ReceivedFile] = (),
    key: UUID | None = None,
    at: datetime | None = None,
) -> Event:
    """Open a decided request again; ``reason`` is read by the other side.

    Args:
        agent: None where the resident asks.
        files: already in the private storage.
        key: the same key gives the same event, sent once or twice.

    Raises:
        NotYours, NotPossibleNow: another department's, or it is open.
        TooLate, NothingLeft: after ``REOPEN_DAYS`` for a resident, after the end of its keeping for all.
    """
    lock(request)
    if sent := already_sent(request, key):
        done = request.events.filter(kind=Event.Kind.REOPENED, data__message_id=sent.pk).first()
        if done is None:  # the key of another form
            raise NotPossibleNow
        return done
    was, status, when = request.status, begin(request, Action.REOPEN, agent=agent), moment(at)
    _refuse_what_cannot_be(request, reason, agent, when)
    said = {"text": reason.strip(), "sent_at": when, "idempotency_key": key}
    message = Message.objects.create(request=request, from_resident=agent is None, author=agent, **said)
    attach(request, tuple(files), when, message)
    request.status, request.closed_at, request.merged_into = status, None, None
    request.reopened_on = city_day(when, CITY_ZONE)
    request.resident_wrote_at = when if agent is None else None
    move_clock(request, request.reopened_on)
    author = by_agent(agent) if agent else RESIDENT
    event = record(request, Event.Kind.REOPENED, author, when, message_id=message.pk, was=was, **dates_of(request))
    _tell(request, message)
    tell_followers(request, Event.Kind.REOPENED, author, when)
    return event


def _refuse_what_cannot_be(request: ServiceRequest, reason: str, agent: User | None, when: datetime) -> None:
    if request.purged_at or request.files_purged_at:
        raise NothingLeft
    if agent is None and not may_be_reopened_by_resident(request, at=when):
        raise TooLate
    if not reason.strip():
        raise NothingToSay


def _tell(request: ServiceRequest, message: Message) -> None:
    post(request, "reopened", message_id=message.pk, by_agent=not message.from_resident)
    if message.from_resident and request.agent is not None:
        post_to_staff(request, request.agent, "staff_reopened")


def may_be_reopened_by_resident(request: ServiceRequest, *, at: datetime | None = None) -> bool:
    """Whether the request is decided, whole, and its resident still has time to say that it does not help."""
    if request.closed_at is None or request.purged_at or request.files_purged_at:
        return False
    return moment(at) <= request.closed_at + timedelta(days=settings.REOPEN_DAYS)
