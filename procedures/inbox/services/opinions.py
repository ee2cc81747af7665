"""Asking somebody outside the city what they think of one request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from cms.accounts.models import User
from procedures.inbox import access_link
from procedures.inbox.errors import AlreadyDecided, NothingToSay, OpinionOver
from procedures.inbox.models import Event, ExpertOpinion, OpinionState, Reading, ServiceRequest
from procedures.inbox.received import ReceivedFile
from procedures.inbox.services.filing import attach
from procedures.inbox.services.posting import post_outside, post_to_staff
from procedures.inbox.services.readings import note_reading
from procedures.inbox.services.writing import SYSTEM, begin, by_agent, lock, moment, record
from procedures.inbox.transitions import Action

ANSWERABLE = (OpinionState.ASKED, OpinionState.OPENED)


@transaction.atomic
def ask_expert(
    request: ServiceRequest,
    *,
    name: str,
    email: str,
    question: str,
    days: int,
    agent: User,
    answers: Sequence[str] = (),
    documents: Sequence[UUID | str] = (),
    at: datetime | None = None,
) -> ExpertOpinion:
    """Send somebody outside a link by which they read what was chosen of ``request``, and answer once.

    Args:
        days: how long the link opens anything.
        answers: ids of the questions whose answers they may read.
        documents: keys of the files they may open.

    Raises:
        AlreadyDecided, NotYours, NothingToSay: no opinion is of use, it is not the agent's, or nothing is asked.
    """
    begin(request, Action.WRITE, agent=agent)
    if request.is_decided or not question.strip():
        raise AlreadyDecided if request.is_decided else NothingToSay
    when, shown = moment(at), _chosen(request, answers, documents)
    words = {"name": name.strip(), "email": email, "question": question.strip()}
    opinion = ExpertOpinion.objects.create(
        request=request,
        **words,
        shown=shown,
        asked_by=agent,
        asked_at=when,
        expires_at=when + timedelta(days=days),
        nonce=access_link.new_nonce(),
    )
    facts = {"opinion_id": opinion.pk, **{kind: len(ids) for kind, ids in shown.items()}}
    record(request, Event.Kind.EXPERT_ASKED, by_agent(agent), when, visible=False, **facts)
    post_outside(request, opinion.email, "opinion_asked", opinion_id=opinion.pk)
    return opinion


def _chosen(request: ServiceRequest, answers: Sequence[str], documents: Sequence[UUID | str]) -> dict[str, list[str]]:
    """What the expert may read, held to what the request has."""
    asked = {answer["question_id"] for answer in request.answers}
    kept = request.attachments.of_the_resident().filter(key__in=documents)
    theirs = {str(key) for key in kept.values_list("key", flat=True)}
    return {
        "answers": [id for id in answers if id in asked],
        "files": [key for key in map(str, documents) if key in theirs],
    }


@transaction.atomic
def open_opinion(opinion: ExpertOpinion, *, at: datetime | None = None) -> None:
    """Keep that the expert has read the request."""
    note_reading(opinion.request, None, Reading.Way.EXPERT, name=opinion.email, at=at)
    ExpertOpinion.objects.filter(pk=opinion.pk, opened_at=None).update(opened_at=moment(at))


@transaction.atomic
def answer_opinion(
    opinion: ExpertOpinion, *, text: str, files: Sequence[ReceivedFile] = (), at: datetime | None = None
) -> ExpertOpinion:
    """Receive the opinion, once, and tell the agent who asked.

    Args:
        files: already in the private storage.

    Raises:
        OpinionOver: it was given, or the link opens nothing any more.
        NothingToSay: it is empty.
    """
    lock(opinion.request)
    request = opinion.request
    opinion.refresh_from_db(fields=["answer", "answered_at", "revoked_at", "expires_at"])
    when = moment(at)
    if opinion.state(when) not in ANSWERABLE:
        raise OpinionOver
    if not text.strip():
        raise NothingToSay
    opinion.answer, opinion.answered_at = text.strip(), when
    opinion.save(update_fields=["answer", "answered_at"])
    attach(request, tuple(files), when, opinion=opinion)
    record(request, Event.Kind.EXPERT_ANSWERED, SYSTEM, when, visible=False, opinion_id=opinion.pk, files=len(files))
    reader = request.agent or opinion.asked_by
    if reader is not None:
        post_to_staff(request, reader, "staff_opinion", name=opinion.name)
    return opinion


@transaction.atomic
def revoke_opinion(opinion: ExpertOpinion, *, agent: User, at: datetime | None = None) -> bool:
    """Let the link say that nothing is asked any more; False where it opened nothing already.

    Raises:
        NotYours: ``agent`` does not work for the request's department.
    """
    request = opinion.request
    begin(request, Action.WRITE, agent=agent)
    opinion.refresh_from_db(fields=["answered_at", "revoked_at"])
    if opinion.answered_at is not None or opinion.revoked_at is not None:
        return False
    opinion.revoked_at = moment(at)
    opinion.save(update_fields=["revoked_at"])
    kind = Event.Kind.EXPERT_REVOKED
    record(request, kind, by_agent(agent), opinion.revoked_at, visible=False, opinion_id=opinion.pk)
    return True
