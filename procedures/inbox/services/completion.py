"""Asking for what is missing, and receiving it: what moves the legal clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from cms.accounts.models import User
from procedures.inbox.clock import Lack, city_day
from procedures.inbox.errors import DateInThePast, NothingToSay
from procedures.inbox.models import CompletionRequest, Event, Message, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE
from procedures.inbox.received import ReceivedFile
from procedures.inbox.services.conversation import already_sent
from procedures.inbox.services.filing import attach
from procedures.inbox.services.following import tell_followers
from procedures.inbox.services.posting import post
from procedures.inbox.services.writing import (
    RESIDENT,
    SYSTEM,
    Author,
    begin,
    by_agent,
    dates_of,
    lock,
    moment,
    move_clock,
    record,
)
from procedures.inbox.transitions import Action


@transaction.atomic
def ask_for_completion(
    request: ServiceRequest,
    *,
    missing: Sequence[str],
    by: date,
    agent: User,
    explanation: str = "",
    reason: Lack = Lack.INCOMPLETE,
    at: datetime | None = None,
) -> Event:
    """Ask the resident for what is missing; the legal clock waits (CRPA L114-5).

    Args:
        missing: names of the documents, in the resident's words.
        by: last day to answer, in the city.

    Raises:
        AlreadyDecided, NotPossibleNow, NotYours: the table of transitions or the department forbids it.
        NothingToSay, DateInThePast: nothing is asked for, or ``by`` is over.
    """
    status, when = begin(request, Action.ASK_FOR_COMPLETION, agent=agent), moment(at)
    names = [name.strip() for name in missing if name.strip()]
    if not names:
        raise NothingToSay
    if by < city_day(when, CITY_ZONE):
        raise DateInThePast
    said = {"reason": reason, "missing": names, "explanation": explanation.strip(), "by": by}
    completion = CompletionRequest.objects.create(request=request, asked_at=when, asked_by=agent, **said)
    request.status, request.agent, request.resident_wrote_at = status, request.agent or agent, None
    move_clock(request, city_day(when, CITY_ZONE))
    event = record(request, Event.Kind.COMPLETION_ASKED, by_agent(agent), when, completion_id=completion.pk, by=by)
    post(request, "completion_asked", completion_id=completion.pk)
    tell_followers(request, event.kind, by_agent(agent), when)
    return event


@transaction.atomic
def answer_completion(
    request: ServiceRequest,
    *,
    text: str = "",
    files: Sequence[ReceivedFile] = (),
    key: UUID | None = None,
    by_email: bool = False,
    at: datetime | None = None,
) -> Message:
    """Receive what the resident was asked for; the clock goes on, or starts anew.

    Args:
        files: already in the private storage; the same ``key`` gives the same message, sent once or twice.

    Raises:
        AlreadyDecided, NotPossibleNow, NothingToSay: nothing is awaited, or nothing came.
    """
    lock(request)
    if sent := already_sent(request, key):
        return sent
    status, when = begin(request, Action.ANSWER_COMPLETION), moment(at)
    if not text.strip() and not files:
        raise NothingToSay
    message = Message.objects.create(
        request=request,
        kind=Message.Kind.COMPLETION,
        from_resident=True,
        text=text.strip(),
        sent_at=when,
        idempotency_key=key,
        by_email=by_email,
    )
    attach(request, tuple(files), when, message)
    settle_completion(request, message, status=status, files=len(files), author=RESIDENT, when=when)
    return message


def settle_completion(
    request: ServiceRequest, message: Message, *, status: str, files: int, author: Author, when: datetime
) -> Event:
    """Note that ``message`` is what was awaited, since the moment it came; the row is locked."""
    before = dates_of(request)
    completion = request.completion_requests.get(answered_at=None)
    completion.answered_at, completion.answer = message.sent_at, message
    completion.save(update_fields=["answered_at", "answer"])
    request.status, request.resident_wrote_at = status, message.sent_at
    move_clock(request, city_day(when, CITY_ZONE))
    event = record(
        request,
        Event.Kind.COMPLETION_ANSWERED,
        author,
        when,
        completion_id=completion.pk,
        message_id=message.pk,
        files=files,
        **{"due_before": before["due_on"], **dates_of(request)},
    )
    post(request, "completion_answered", **dates_of(request))
    tell_followers(request, Event.Kind.COMPLETION_ANSWERED, SYSTEM, when)
    return event
