"""The answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from cms.accounts.models import User
from procedures.inbox.clock import city_day
from procedures.inbox.errors import NothingToSay
from procedures.inbox.models import Event, Message, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE
from procedures.inbox.services.batches import one_transaction, put
from procedures.inbox.services.following import tell_followers
from procedures.inbox.services.posting import post
from procedures.inbox.services.satisfaction import ask_for_opinion
from procedures.inbox.services.sensitive import purge_sensitive
from procedures.inbox.services.writing import begin, by_agent, dates_of, moment, move_clock, record
from procedures.inbox.transitions import Action


def accept(
    request: ServiceRequest, *, agent: User, reason: str = "", letter: bool | None = None, at: datetime | None = None
) -> Event:
    """Grant what was asked; ``reason`` says what happens next.

    Args:
        letter: whether to sign a letter too; None: where there is no e-mail address.

    Raises:
        AlreadyDecided: the request has its answer.
        NotYours: ``agent`` does not work for the request's department.
    """
    return _decide(request, Action.ACCEPT, Event.Kind.ACCEPTED, agent, reason, at, letter=letter)


def refuse(
    request: ServiceRequest, *, agent: User, reason: str, letter: bool | None = None, at: datetime | None = None
) -> Event:
    """Refuse, with reasons: a refusal must give them (CRPA L211-2).

    Raises:
        AlreadyDecided, NotYours: as for ``accept``.
        NothingToSay: no reason is given.
    """
    return _decide(request, Action.REFUSE, Event.Kind.REFUSED, agent, reason, at, letter=letter, must_say_why=True)


def close(
    request: ServiceRequest, *, agent: User, reason: str, letter: bool | None = None, at: datetime | None = None
) -> Event:
    """End a request that asks for no decision, or that has become pointless.

    Raises:
        AlreadyDecided, NotYours, NothingToSay: as for ``refuse``.
    """
    return _decide(request, Action.CLOSE, Event.Kind.CLOSED, agent, reason, at, letter=letter, must_say_why=True)


def transfer(request: ServiceRequest, *, body: str, reason: str, agent: User, at: datetime | None = None) -> Event:
    """Pass on to a body that is not the town, and tell the resident which and why (CRPA L114-2).

    It is the end of the request here; what was filed is for the agent to send.

    Raises:
        AlreadyDecided, NotYours: as for ``accept``.
        NothingToSay: body or reason is empty.
    """
    if not body.strip():
        raise NothingToSay
    return _decide(
        request, Action.TRANSFER, Event.Kind.TRANSFERRED, agent, reason, at, must_say_why=True, to=body.strip()
    )


@one_transaction
def _decide(
    request: ServiceRequest,
    action: Action,
    kind: Event.Kind,
    agent: User,
    reason: str,
    at: datetime | None,
    *,
    letter: bool | None = None,
    must_say_why: bool = False,
    **facts: Any,
) -> Event:
    status, when = begin(request, action, agent=agent), moment(at)
    if must_say_why and not reason.strip():
        raise NothingToSay
    message = put(
        request,
        Message(
            request=request,
            kind=Message.Kind.DECISION,
            from_resident=False,
            author=agent,
            text=reason.strip(),
            sent_at=when,
        ),
    )
    move_clock(request, city_day(when, CITY_ZONE))
    request.status, request.closed_at, request.resident_wrote_at = status, when, None
    request.agent = request.agent or agent
    event = record(request, kind, by_agent(agent), when, message_id=message.pk, **facts, **dates_of(request))
    ask_for_opinion(request, when)
    post(request, kind.value, on_paper=letter, message_id=message.pk, **facts)
    tell_followers(request, kind, by_agent(agent), when, words=reason, to=facts.get("to", ""))
    # What is passed on is still to be sent: the sweep of the night deletes it.
    if not settings.SENSITIVE_DAYS and action is not Action.TRANSFER:
        purge_sensitive(request, at=when)
    return event
