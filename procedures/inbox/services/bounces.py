"""E-mails that did not arrive: the agents are told to reach the resident otherwise, until somebody has."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cms.accounts.models import User
from procedures.inbox.errors import NothingToSay
from procedures.inbox.models import Event, Note, OutboxMessage, ServiceRequest
from procedures.inbox.responsible import Staff
from procedures.inbox.services.paper import tell_on_paper
from procedures.inbox.services.posting import post_to_staff
from procedures.inbox.services.writing import SYSTEM, begin, by_agent, lock, moment, record
from procedures.inbox.transitions import Action

State = OutboxMessage.State


@transaction.atomic
def note_bounce(message: OutboxMessage, problem: str, *, at: datetime | None = None) -> Event | None:
    """A mail server says that it could not deliver ``message``; None where that is known already.

    ``problem`` is what the server said, for agents.
    """
    request, when = message.request, moment(at)
    lock(request)
    known = OutboxMessage.objects.filter(pk=message.pk).exclude(state__in=(State.BOUNCED, State.FAILED))
    if not known.update(state=State.BOUNCED, last_error=problem.replace("\x00", "")[:1000]):
        return None
    facts = {"message": message.kind, "message_id": message.pk}
    is_new = mark_unreachable(message, request, when)
    event = record(request, Event.Kind.MAIL_BOUNCED, SYSTEM, when, visible=False, **facts)
    if is_new:
        tell_to_phone(request)
    owe_on_paper(message, request, when)
    return event


def mark_unreachable(message: OutboxMessage, request: ServiceRequest, when: datetime) -> bool:
    """Put the flag on the locked request; the caller records and so saves it.

    Returns:
        Whether colleagues are to be told: not for a letter to staff, nor twice for one silence.
    """
    if message.recipient.casefold() != request.requester_email.casefold():
        return False
    was, request.mail_failed_at = request.mail_failed_at, when
    return was is None


def owe_on_paper(message: OutboxMessage, request: ServiceRequest, when: datetime) -> None:
    """Make a letter of what the resident should have had by e-mail; the row is locked, its events are written."""
    if message.recipient.casefold() == request.requester_email.casefold():
        tell_on_paper(request, message.kind, message.payload, at=when)


def tell_to_phone(request: ServiceRequest) -> None:
    """Write to whoever has the request in hands."""
    for colleague in Staff().to_tell(request, heads=False):
        post_to_staff(request, colleague, "staff_unreachable")


@transaction.atomic
def reached(request: ServiceRequest, *, how: str, agent: User, at: datetime | None = None) -> Note:
    """Note that the resident has been told by other means; the warning goes.

    Raises:
        NotYours, NothingToSay: nothing was written.
    """
    begin(request, Action.WRITE, agent=agent)
    if not how.strip():
        raise NothingToSay
    note = Note.objects.create(request=request, author=agent, text=how.strip(), written_at=moment(at))
    request.mail_failed_at = None
    record(request, Event.Kind.NOTED, by_agent(agent), note.written_at, visible=False, note_id=note.pk, reached=True)
    return note
