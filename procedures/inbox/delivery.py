"""From a row of the outbox to a message on its way, whatever breaks in between.

A worker claims a row by moving its next attempt forward, in one conditional UPDATE that
only one process can win on any database; no lock is held while the mail server thinks. A
worker that dies leaves a claim that runs out. So a message leaves at least once; a second
copy, after a crash between sending and noting it, bears the same Message-ID.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from procedures.inbox.contents import contents_of
from procedures.inbox.errors import Undeliverable
from procedures.inbox.models import Event, OutboxMessage
from procedures.inbox.services.writing import SYSTEM, lock, record
from procedures.inbox.surveys import is_pointless
from procedures.plugins import Parcel, deliveries

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=5)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=5)
BATCH = 50
State = OutboxMessage.State


def due_messages(now: datetime, limit: int = BATCH) -> list[int]:
    """Ids of the messages whose turn has come, the longest waiting first."""
    due = OutboxMessage.objects.filter(state=State.WAITING, next_attempt_at__lte=now)
    return list(due.order_by("next_attempt_at", "id").values_list("pk", flat=True)[:limit])


def claim(pk: int, now: datetime) -> OutboxMessage | None:
    """Take a message for this process alone, for a few minutes; None where it is not due."""
    won = OutboxMessage.objects.filter(pk=pk, state=State.WAITING, next_attempt_at__lte=now).update(
        next_attempt_at=now + CLAIM, attempts=F("attempts") + 1
    )
    return OutboxMessage.objects.select_related("request").get(pk=pk) if won else None


def deliver(pk: int) -> bool:
    """Send the message ``pk`` if it is due; tell whether it left now."""
    message = claim(pk, timezone.now())
    if message is None:
        return False
    if is_pointless(message):
        message.delete()
        return False
    try:
        deliveries[message.delivery].deliver(_parcel(message))
    except Undeliverable as problem:
        _give_up(message, problem)
        return False
    except Exception as problem:
        # Whatever a plugin or a server throws, the row must say when to try again.
        logger.warning("Message %s did not leave (attempt %s): %s", message.key, message.attempts, problem)
        if timezone.now() - message.created_at > GIVE_UP_AFTER:
            _give_up(message, problem)
        else:
            _try_again(message, problem)
        return False
    message.state, message.sent_at, message.last_error = State.SENT, timezone.now(), ""
    message.save(update_fields=["state", "sent_at", "last_error"])
    return True


def _parcel(message: OutboxMessage) -> Parcel:
    content = {"kind": message.kind, "request_id": message.request_id, **message.payload}
    if message.kind == OutboxMessage.FILED:
        content |= contents_of(message.request)
    return Parcel(key=str(message.key), recipient=message.recipient, language=message.language, content=content)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 1, 2, 4… minutes, six hours at most."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 12), LONGEST_PAUSE)


def _try_again(message: OutboxMessage, problem: Exception) -> None:
    message.next_attempt_at = timezone.now() + pause_after(message.attempts)
    message.last_error = _said(problem)
    message.save(update_fields=["next_attempt_at", "last_error"])


@transaction.atomic
def _give_up(message: OutboxMessage, problem: Exception) -> None:
    """Stop trying, and tell the agents through the request's log."""
    logger.error("Message %s cannot be delivered: %s", message.key, problem)
    message.state, message.last_error = State.FAILED, _said(problem)
    message.save(update_fields=["state", "last_error"])
    lock(message.request)
    facts = {"message": message.kind, "message_id": message.pk}
    if message.kind == OutboxMessage.FILED:
        kind, facts["to"] = Event.Kind.DELIVERY_FAILED, _name(message.delivery)
    else:
        kind = Event.Kind.MAIL_FAILED
    record(message.request, kind, SYSTEM, timezone.now(), visible=False, **facts)


def _name(slug: str) -> str:
    """A delivery in the city's words; its slug once it is no longer installed."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(deliveries[slug].label) if slug in deliveries else slug


def _said(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}".replace("\x00", "")[:1000]
