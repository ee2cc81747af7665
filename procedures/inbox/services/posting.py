"""Putting a message in the outbox."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from procedures.inbox.models import OutboxMessage, ServiceRequest
from procedures.inbox.tasks import deliver_message


def post(request: ServiceRequest, kind: str, **payload: Any) -> OutboxMessage | None:
    """Write a message to the requester; it leaves once the transaction is committed.

    The queue is only a shortcut: where it does not answer, the sweep finds the row.

    Returns:
        None where the requester gave no e-mail address.
    """
    if not request.requester_email:
        return None
    message = OutboxMessage.objects.create(
        request=request,
        kind=kind,
        recipient=request.requester_email,
        language=request.language,
        payload={
            "department_id": request.department_id,
            **{key: value.isoformat() if isinstance(value, date) else value for key, value in payload.items()},
        },
    )

    def hurry() -> None:
        deliver_message.apply_async([message.pk], retry=False)

    transaction.on_commit(hurry, robust=True)
    return message
