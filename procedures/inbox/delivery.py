"""From a row of the outbox to a message on its way, whatever breaks in between.

A worker claims a row by moving its next attempt forward, in one conditional UPDATE that
only one process can win on any database; no lock is held while the mail server thinks. A
worker that dies leaves a claim that runs out. So a message leaves at least once; where
nobody can tell whether it left (a crash between sending and noting it, a server that hangs up
once it has the message), the next copy bears the same Message-ID and says that it may be a double.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import Enum, auto
from smtplib import SMTPConnectError, SMTPServerDisconnected
from socket import gaierror

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Case, F, When
from django.utils import timezone, translation

from procedures.inbox.contents import contents_of
from procedures.inbox.errors import MaybeSent, Undeliverable
from procedures.inbox.models import Event, OutboxMessage
from procedures.inbox.services.bounces import mark_unreachable, owe_on_paper, tell_to_phone
from procedures.inbox.services.writing import SYSTEM, lock, record
from procedures.inbox.surveys import is_pointless
from procedures.plugins import Parcel, deliveries

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=5)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=5)
BATCH = 50
SWEEP_SECONDS = 45
"""A sweep begins each minute: the one before is over by then, and other work has had its turn."""
SILENCES_ENOUGH, SILENT_SECONDS = 3, 60
SILENCES = (ConnectionError, TimeoutError, SMTPConnectError, SMTPServerDisconnected, gaierror, MaybeSent)
State = OutboxMessage.State


class Outcome(Enum):
    """What became of an attempt."""

    LEFT = auto()
    NOT_DUE = auto()
    """Somebody else has it, or it is not its turn."""
    LATER = auto()
    NOBODY_THERE = auto()
    """Later too: the server did not answer, so others of the same delivery would fare no better."""
    NEVER = auto()


def due_messages(now: datetime, limit: int = BATCH, *, but: Collection[str] = ()) -> list[int]:
    """Ids of the messages whose turn has come, the longest waiting first; ``but`` leaves deliveries out."""
    due = OutboxMessage.objects.filter(state=State.WAITING, next_attempt_at__lte=now)
    if but:
        due = due.exclude(delivery__in=but)
    return list(due.order_by("next_attempt_at", "id").values_list("pk", flat=True)[:limit])


def claim(pk: int, now: datetime) -> OutboxMessage | None:
    """Take a message for this process alone, for a few minutes; None where it is not due."""
    won = OutboxMessage.objects.filter(pk=pk, state=State.WAITING, next_attempt_at__lte=now).update(
        next_attempt_at=now + CLAIM,
        attempts=F("attempts") + 1,
        # An attempt that left neither success nor error behind was cut: perhaps after it had sent.
        may_be_double=Case(When(attempts__gt=0, last_error="", then=True), default=F("may_be_double")),
        last_error="",
    )
    return OutboxMessage.objects.select_related("request").get(pk=pk) if won else None


def deliver(pk: int) -> bool:
    """Send the message ``pk`` if it is due; tell whether it left now."""
    return attempt(pk) is Outcome.LEFT


def deliver_soon(pk: int) -> None:
    """Send the message ``pk`` now, unless its delivery was silent a moment ago: the sweep tries that one.

    So a mail server that dawdles holds the worker up once a minute, not once for each message.
    """
    slug = OutboxMessage.objects.filter(pk=pk).values_list("delivery", flat=True).first()
    if slug is not None and not cache.get(_silence(slug)):
        attempt(pk)


def _silence(slug: str) -> str:
    return f"outbox-silent-{slug}"


def attempt(pk: int) -> Outcome:
    """Send the message ``pk`` if it is due, and note what became of it."""
    message = claim(pk, timezone.now())
    if message is None:
        return Outcome.NOT_DUE
    if is_pointless(message):
        message.delete()
        return Outcome.NEVER
    try:
        deliveries[message.delivery].deliver(_parcel(message))
    except Undeliverable as problem:
        _give_up(message, problem)
        return Outcome.NEVER
    except Exception as problem:
        # Whatever a plugin or a server throws, the row must say when to try again.
        logger.warning("Message %s did not leave (attempt %s): %s", message.key, message.attempts, problem)
        if timezone.now() - message.created_at > GIVE_UP_AFTER:
            _give_up(message, problem)
            return Outcome.NEVER
        _try_again(message, problem)
        if isinstance(problem, SILENCES):
            cache.set(_silence(message.delivery), True, SILENT_SECONDS)
            return Outcome.NOBODY_THERE
        return Outcome.LATER
    # Not over what was noted meanwhile: a report of failure can overtake this line.
    sent = {"state": State.SENT, "sent_at": timezone.now(), "last_error": ""}
    OutboxMessage.objects.filter(pk=pk, state=State.WAITING).update(**sent)
    return Outcome.LEFT


def sweep(seconds: float = SWEEP_SECONDS) -> None:
    """Send what is due, for ``seconds`` at most; a delivery that does not answer is left to the next sweep."""
    end, silences = time.monotonic() + seconds, Counter[str]()
    silent: set[str] = set()
    while due := due_messages(timezone.now(), but=silent):
        for pk in due:
            if time.monotonic() > end:
                return
            slug = OutboxMessage.objects.filter(pk=pk).values_list("delivery", flat=True).first()
            if slug is None or slug in silent:
                continue
            outcome = attempt(pk)
            silences[slug] = silences[slug] + 1 if outcome is Outcome.NOBODY_THERE else 0
            if silences[slug] >= SILENCES_ENOUGH:
                silent.add(slug)


def _parcel(message: OutboxMessage) -> Parcel:
    content = {"kind": message.kind, "request_id": message.request_id, **message.payload}
    if message.kind == OutboxMessage.FILED:
        content |= contents_of(message.request)
    if message.may_be_double:
        content["may_be_double"] = True
    return Parcel(key=str(message.key), recipient=message.recipient, language=message.language, content=content)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 1, 2, 4… minutes, six hours at most."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 12), LONGEST_PAUSE)


def _try_again(message: OutboxMessage, problem: Exception) -> None:
    message.next_attempt_at = timezone.now() + pause_after(message.attempts)
    message.last_error = _said(problem)
    message.may_be_double = message.may_be_double or isinstance(problem, MaybeSent)
    message.save(update_fields=["next_attempt_at", "last_error", "may_be_double"])


@transaction.atomic
def _give_up(message: OutboxMessage, problem: Exception) -> None:
    """Stop trying, and tell the agents through the request's log."""
    logger.error("Message %s cannot be delivered: %s", message.key, problem)
    message.state, message.last_error = State.FAILED, _said(problem)
    message.save(update_fields=["state", "last_error"])
    request, now = message.request, timezone.now()
    lock(request)
    facts = {"message": message.kind, "message_id": message.pk}
    if message.kind == OutboxMessage.FILED:
        kind, facts["to"], is_new = Event.Kind.DELIVERY_FAILED, _name(message.delivery), False
    else:
        kind, is_new = Event.Kind.MAIL_FAILED, mark_unreachable(message, request, now)
    record(request, kind, SYSTEM, now, visible=False, **facts)
    if is_new:
        tell_to_phone(request)
    owe_on_paper(message, request, now)


def _name(slug: str) -> str:
    """A delivery in the city's words; its slug once it is no longer installed."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(deliveries[slug].label) if slug in deliveries else slug


def _said(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}".replace("\x00", "")[:1000]
