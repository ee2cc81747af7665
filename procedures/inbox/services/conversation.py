"""What agents and residents write to each other, and agents among themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from cms.accounts.models import User
from procedures.inbox.errors import NothingLeft, NothingToSay
from procedures.inbox.models import Event, Mention, Message, Note, ServiceRequest
from procedures.inbox.received import ReceivedFile
from procedures.inbox.responsible import Staff
from procedures.inbox.services.batches import answers_for, one_transaction, put
from procedures.inbox.services.filing import attach
from procedures.inbox.services.following import tell_followers
from procedures.inbox.services.posting import post, post_to_staff
from procedures.inbox.services.writing import RESIDENT, SYSTEM, begin, by_agent, lock, moment, record
from procedures.inbox.transitions import Action

STRANGER, STRANGERS_QUIET = "staff_stranger", timedelta(hours=1)


@one_transaction
def write_note(
    request: ServiceRequest, *, text: str, agent: User, mentions: Iterable[User] = (), at: datetime | None = None
) -> Note:
    """Leave a note for colleagues; the resident's page does not show it.

    Args:
        mentions: who is called, by e-mail and by a mark on the page; whoever may not see the request is passed over.

    Raises:
        NotYours, NothingToSay: nothing was written.
    """
    request.status, when = begin(request, Action.WRITE, agent=agent), moment(at)
    if not text.strip():
        raise NothingToSay
    note = put(request, Note(request=request, author=agent, text=text.strip(), written_at=when))
    called = [user for user in mentions if answers_for(user, request)]
    for user in called:
        put(request, Mention(note=note, user=user))
    record(
        request,
        Event.Kind.NOTED,
        by_agent(agent),
        when,
        visible=False,
        note_id=note.pk,
        **({"mentioned": [user.pk for user in called]} if called else {}),
    )
    for user in called:
        if user.pk != agent.pk:
            post_to_staff(request, user, "staff_mentioned", by=str(agent))
    return note


def see_mentions(request: ServiceRequest, user: User, *, at: datetime | None = None) -> int:
    """Note that ``user`` has seen the notes of the request that call them; return how many were new."""
    return Mention.objects.filter(note__request=request, user=user, seen_at=None).update(seen_at=moment(at))


@one_transaction
def write_to_resident(
    request: ServiceRequest,
    *,
    text: str,
    agent: User,
    files: Sequence[ReceivedFile] = (),
    only_to_requester: bool = False,
    key: UUID | None = None,
    at: datetime | None = None,
) -> Message:
    """Write to the resident: on the tracking page, and by e-mail where there is an address.

    Residents whose reports were joined to this one read the same words (``following``).

    Args:
        files: already in the private storage; the e-mail says that they are on the page.
        only_to_requester: nobody else reads it.
        key: the same key gives the same message, sent once or twice.

    Raises:
        NotYours, NothingToSay: nothing was written.
    """
    lock(request)
    if sent := already_sent(request, key):
        return sent
    request.status, when = begin(request, Action.WRITE, agent=agent), moment(at)
    if not text.strip():
        raise NothingToSay
    said = {"text": text.strip(), "sent_at": when, "idempotency_key": key}
    message = put(request, Message(request=request, from_resident=False, author=agent, **said))
    attach(request, tuple(files), when, message)
    request.resident_wrote_at = None
    author = by_agent(agent)
    facts: dict[str, Any] = {"files": len(files)} if files else {}
    record(request, Event.Kind.WRITTEN_TO_RESIDENT, author, when, message_id=message.pk, **facts)
    post(request, "message", message_id=message.pk, **facts)
    if not only_to_requester:
        tell_followers(request, Event.Kind.WRITTEN_TO_RESIDENT, author, when, words=text)
    return message


@transaction.atomic
def write_as_resident(
    request: ServiceRequest,
    *,
    text: str,
    files: Sequence[ReceivedFile] = (),
    key: UUID | None = None,
    by_email: bool = False,
    at: datetime | None = None,
) -> Message:
    """Receive a message from the resident, even once the answer is given.

    Args:
        files: already in the private storage.
        key: the same key gives the same message, sent once or twice.

    Raises:
        NothingToSay: neither text nor file.
        NothingLeft: what was filed is deleted, and nothing personal is kept with it any more.
    """
    carries_on = request.merged_into
    if carries_on is not None:
        lock(carries_on)  # first, as everybody does
    lock(request)
    if sent := already_sent(request, key):
        return sent
    if request.purged_at:
        raise NothingLeft
    if not text.strip() and not files:
        raise NothingToSay
    when = moment(at)
    message = Message.objects.create(
        request=request, from_resident=True, text=text.strip(), sent_at=when, idempotency_key=key, by_email=by_email
    )
    attach(request, tuple(files), when, message)
    request.resident_wrote_at = when
    record(request, Event.Kind.WRITTEN_BY_RESIDENT, RESIDENT, when, message_id=message.pk, files=len(files))
    if carries_on is not None:  # the agents look at that one
        carries_on.resident_wrote_at = when
        record(carries_on, Event.Kind.WRITTEN_BY_RESIDENT, RESIDENT, when, visible=False, duplicate_id=request.pk)
    return message


@transaction.atomic
def keep_from_stranger(
    request: ServiceRequest,
    *,
    sender: str,
    text: str,
    files: Sequence[ReceivedFile] = (),
    key: UUID | None = None,
    by_email: bool = True,
    at: datetime | None = None,
) -> Message:
    """Keep what comes about the request from somebody else than its resident, by e-mail mostly.

    Whoever forges it learns nothing and changes nothing: agents alone read it, with a warning;
    the resident's page does not show it, no date moves, nothing is answered.

    Args:
        sender: their address, or their name where an agent enters it.
        by_email: whoever has the request in hands is told, once an hour: nobody floods agents with a number.

    Raises:
        NothingToSay: neither text nor file.
    """
    lock(request)
    if sent := already_sent(request, key):
        return sent
    if not text.strip() and not files:
        raise NothingToSay
    when = moment(at)
    said = {"text": text.strip(), "sent_at": when, "idempotency_key": key, "by_email": by_email}
    message = Message.objects.create(request=request, from_resident=True, unknown_sender=sender[:254], **said)
    attach(request, tuple(files), when, message)
    facts = {"message_id": message.pk, "files": len(files), "known_sender": False}
    record(request, Event.Kind.WRITTEN_BY_RESIDENT, SYSTEM, when, visible=False, **facts)
    if by_email and not request.outbox.filter(kind=STRANGER, created_at__gt=when - STRANGERS_QUIET).exists():
        for colleague in Staff().to_tell(request, heads=False):
            post_to_staff(request, colleague, STRANGER)
    return message


def already_sent(request: ServiceRequest, key: UUID | None) -> Message | None:
    """The message that a form sent before with the same key; the row is locked."""
    return request.messages.filter(idempotency_key=key).first() if key else None
