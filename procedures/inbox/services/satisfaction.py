"""What residents think of the service: asked once by e-mail, answered on their page, never published in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from procedures.inbox.errors import NotPossibleNow
from procedures.inbox.models import Event, OutboxMessage, Satisfaction, ServiceRequest, SurveyRefusal
from procedures.inbox.services.posting import post
from procedures.inbox.services.writing import RESIDENT, lock, moment, record
from procedures.inbox.surveys import KIND, hash_of, may_be_rated


def ask_for_opinion(request: ServiceRequest, when: datetime) -> OutboxMessage | None:
    """Write the question that leaves ``SATISFACTION_AFTER_DAYS`` after the answer; its row is locked.

    Once per request: what was opened again before the question left is asked after its new answer.

    Returns:
        None where nothing is to be asked.
    """
    if not settings.SATISFACTION_AFTER_DAYS or request.merged_into_id:
        return None
    leaves_at = when + timedelta(days=settings.SATISFACTION_AFTER_DAYS)
    asked = next((message for message in request.tied("outbox") if message.kind == KIND), None)
    if asked is None:
        return post(request, KIND, not_before=leaves_at)
    if asked.state == OutboxMessage.State.WAITING:
        asked.created_at = asked.next_attempt_at = leaves_at
        asked.save(update_fields=["created_at", "next_attempt_at"])
    return asked


@transaction.atomic
def rate(request: ServiceRequest, *, step: int, words: str = "", at: datetime | None = None) -> Satisfaction:
    """Keep what the resident thinks; said again, it replaces what was said before.

    Args:
        step: 1, not at all satisfied, to 5, very satisfied.
        words: for the department; the log keeps the step alone.

    Raises:
        NotPossibleNow: there is no answer to judge, or it is too long ago.
        ValueError: there is no such step.
    """
    lock(request)
    when = moment(at)
    if not may_be_rated(request, at=when):
        raise NotPossibleNow
    step = Satisfaction.Step(step)
    kept = Satisfaction.objects.filter(request=request).first()
    said = {"step": step, "words": words.strip()}
    if kept is not None and said == {"step": kept.step, "words": kept.words}:
        return kept
    is_news = kept is None or kept.step != step
    kept, _made = Satisfaction.objects.update_or_create(request=request, defaults=said | {"at": when})
    if is_news:
        record(request, Event.Kind.RATED, RESIDENT, when, step=step)
    return kept


@transaction.atomic
def refuse_surveys(email: str) -> None:
    """Never again ask whoever reads ``email`` what they think."""
    SurveyRefusal.objects.get_or_create(address_hash=hash_of(email))
