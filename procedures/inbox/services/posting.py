"""Putting messages in the outbox: to the requester, and to what else wants a request that was filed."""

from __future__ import annotations

import logging
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from celery import current_app
from django.conf import settings
from django.db import transaction

from cms.accounts.models import User
from procedures.inbox.models import OutboxMessage, ServiceRequest
from procedures.inbox.services.batches import batch_of, put
from procedures.inbox.services.paper import tell_on_paper
from procedures.plugins import Delivery, deliveries

logger = logging.getLogger(__name__)


def post(
    request: ServiceRequest,
    kind: str,
    *,
    not_before: datetime | None = None,
    on_paper: bool | None = None,
    **payload: Any,
) -> OutboxMessage | None:
    """Write a message to the requester; it leaves once the transaction is committed.

    The queue is only a shortcut: where it does not answer, the sweep finds the row.

    Args:
        not_before: when it may leave, where that is later; the sweep sends it then.
        on_paper: whether the agent wants a letter; None: where there is no e-mail address.

    Returns:
        None where the requester gave no e-mail address: a letter is owed instead.
    """
    if on_paper or (on_paper is None and not request.requester_email):
        tell_on_paper(request, kind, _as_json(payload), is_wanted=bool(on_paper))
    if not request.requester_email:
        return None
    leaves = {"created_at": not_before, "next_attempt_at": not_before} if not_before else {}
    message = OutboxMessage(
        request=request,
        kind=kind,
        recipient=request.requester_email,
        language=request.language,
        payload={"department_id": request.department_id, **_as_json(payload)},
        **leaves,
    )
    put(request, message)
    if not_before is None and batch_of(request) is None:  # a batch tells the queue once
        _hurry(message)
    return message


def post_to_staff(
    request: ServiceRequest, to: User, kind: str, *, key: UUID | None = None, **payload: Any
) -> OutboxMessage | None:
    """Write a message about ``request`` to a colleague; ``kind`` is one of ``staff_letters.SUBJECTS``.

    Args:
        key: a message that was posted under it before is not posted again.

    Returns:
        None where the account is closed, or the message is posted already.
    """
    if not to.is_active:
        return None
    fields = {
        "request": request,
        "kind": kind,
        "recipient": to.email,
        "language": settings.LANGUAGE_CODE,
        "payload": {"department_id": request.department_id, **_as_json(payload)},
    }
    message, is_new = OutboxMessage.objects.get_or_create(key=key or uuid4(), defaults=fields)
    if not is_new:
        return None
    if batch_of(request) is None:
        _hurry(message)
    return message


def post_outside(request: ServiceRequest, recipient: str, kind: str, **payload: Any) -> OutboxMessage:
    """Write a message about ``request`` to somebody who neither filed it nor works for the city."""
    message = OutboxMessage.objects.create(
        request=request,
        kind=kind,
        recipient=recipient,
        language=settings.LANGUAGE_CODE,
        payload={"department_id": request.department_id, **_as_json(payload)},
    )
    _hurry(message)
    return message


def hand_over(request: ServiceRequest) -> None:
    """Write a row for each delivery that wants the request that is being filed."""
    interested = [delivery for delivery in deliveries if type(delivery).wants is not Delivery.wants]
    if interested:  # most towns have none: no query for them
        slug = request.procedure.slug
        for delivery in interested:
            if _wants(delivery, slug):
                _hurry(
                    OutboxMessage.objects.create(
                        request=request, kind=OutboxMessage.FILED, delivery=delivery.slug, language=request.language
                    )
                )


def _wants(delivery: Delivery, procedure: str) -> bool:
    """What the plugin says; whatever breaks in it, the request is filed."""
    try:
        return delivery.wants(procedure)
    except Exception:
        logger.exception("Delivery %s could not say whether it wants requests of %s", delivery.slug, procedure)
        return False


def _as_json(payload: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in payload.items()}


def _hurry(message: OutboxMessage) -> None:
    def hurry() -> None:
        # By its name: the tasks stand on the services.
        current_app.tasks["inbox.deliver_message"].apply_async([message.pk], retry=False)

    transaction.on_commit(hurry, robust=True)
