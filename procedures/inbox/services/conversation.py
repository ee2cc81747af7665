"""What agents and residents write to each other, and agents among themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cms.accounts.models import User
from procedures.inbox.errors import NothingToSay
from procedures.inbox.models import Event, Message, Note, ServiceRequest
from procedures.inbox.received import ReceivedFile
from procedures.inbox.services.batches import one_transaction, put
from procedures.inbox.services.filing import attach
from procedures.inbox.services.posting import post
from procedures.inbox.services.writing import RESIDENT, begin, by_agent, lock, moment, record
from procedures.inbox.transitions import Action


@one_transaction
def write_note(request: ServiceRequest, *, text: str, agent: User, at: datetime | None = None) -> Note:
    """Leave a note for colleagues; the resident's page does not show it.

    Raises:
        NotYours, NothingToSay: nothing was written.
    """
    begin(request, Action.WRITE, agent=agent)
    if not text.strip():
        raise NothingToSay
    note = put(request, Note(request=request, author=agent, text=text.strip(), written_at=moment(at)))
    record(request, Event.Kind.NOTED, by_agent(agent), note.written_at, visible=False, note_id=note.pk)
    return note


@one_transaction
def write_to_resident(request: ServiceRequest, *, text: str, agent: User, at: datetime | None = None) -> Message:
    """Write to the resident: on the tracking page, and by e-mail where there is an address.

    Raises:
        NotYours, NothingToSay: nothing was written.
    """
    begin(request, Action.WRITE, agent=agent)
    if not text.strip():
        raise NothingToSay
    message = put(
        request, Message(request=request, from_resident=False, author=agent, text=text.strip(), sent_at=moment(at))
    )
    request.resident_wrote_at = None
    record(request, Event.Kind.WRITTEN_TO_RESIDENT, by_agent(agent), message.sent_at, message_id=message.pk)
    post(request, "message", message_id=message.pk)
    return message


@transaction.atomic
def write_as_resident(
    request: ServiceRequest,
    *,
    text: str,
    files: Sequence[ReceivedFile] = (),
    key: UUID | None = None,
    at: datetime | None = None,
) -> Message:
    """Receive a message from the resident, even once the answer is given.

    Args:
        files: already in the private storage.
        key: the same key gives the same message, sent once or twice.

    Raises:
        NothingToSay: neither text nor file.
    """
    lock(request)
    if sent := already_sent(request, key):
        return sent
    if not text.strip() and not files:
        raise NothingToSay
    when = moment(at)
    message = Message.objects.create(
        request=request, from_resident=True, text=text.strip(), sent_at=when, idempotency_key=key
    )
    attach(request, tuple(files), when, message)
    request.resident_wrote_at = when
    record(request, Event.Kind.WRITTEN_BY_RESIDENT, RESIDENT, when, message_id=message.pk, files=len(files))
    return message


def already_sent(request: ServiceRequest, key: UUID | None) -> Message | None:
    """The message that a form sent before with the same key; the row is locked."""
    return request.messages.filter(idempotency_key=key).first() if key else None
