"""What came from nobody knows whom, once an agent is sure that the resident wrote it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cms.accounts.models import User
from procedures.inbox.models import Event, Message
from procedures.inbox.services.completion import settle_completion
from procedures.inbox.services.writing import begin, by_agent, moment, record
from procedures.inbox.transitions import Action, Status, possible


@transaction.atomic
def believe(message: Message, *, agent: User, at: datetime | None = None) -> Event | None:
    """Count a message of an unknown or unverified sender as the resident's, as if it had joined when it came.

    None where that was done before. Files that were awaited then complete the request, on the day they came.

    Raises:
        NotYours: ``agent`` does not work for the request's department.
    """
    request, when = message.request, moment(at)
    status = begin(request, Action.WRITE, agent=agent)
    fresh = Message.objects.filter(pk=message.pk, request=request).exclude(unknown_sender="").first()
    if fresh is None:
        return None
    files = fresh.attachments.count()
    completes = files and _is_awaited(fresh)
    fresh.unknown_sender = ""
    fresh.kind = Message.Kind.COMPLETION if completes else fresh.kind
    fresh.save(update_fields=["unknown_sender", "kind"])
    if completes:
        status = begin(request, Action.ANSWER_COMPLETION, agent=agent)
        return settle_completion(request, fresh, status=status, files=files, author=by_agent(agent), when=when)
    request.status, request.resident_wrote_at = status, fresh.sent_at
    return record(
        request, Event.Kind.WRITTEN_BY_RESIDENT, by_agent(agent), when, message_id=fresh.pk, files=files, believed=True
    )


def _is_awaited(message: Message) -> bool:
    """Whether it came after something was asked for that has not come yet."""
    request = message.request
    if Action.ANSWER_COMPLETION not in possible(Status(request.status)):
        return False
    return request.completion_requests.filter(answered_at=None, asked_at__lte=message.sent_at).exists()
