"""Turn a draft into a request, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation

from procedures.definition.compiled import Definition
from procedures.definition.models import ProcedureVersion
from procedures.definition.outcomes import fee_of, route_of
from procedures.definition.rows import label_in_row, own_id
from procedures.filing.file_answers import true_answers
from procedures.filing.journey import Journey
from procedures.filing.models import SCAN, Draft, DraftUpload
from procedures.filing.people import others_in, requester_in
from procedures.filing.storage import DraftGone
from procedures.inbox.models import ServiceRequest
from procedures.inbox.received import Answer, Destination, FeeLine, NewRequest, ReceivedFile, Requester
from procedures.inbox.services.filing import register_request
from procedures.plugins import Kept, Question
from procedures.uploads.keeping import forget


class NotCompleteError(Exception):
    """A question that is shown has no answer yet."""


def file_draft(key: UUID, language: str, *, received_at: datetime | None = None) -> ServiceRequest:
    """Make the request that the draft ``key`` asks for; called again, return the same request.

    One transaction: request, answers, files, first event, messages, and the end of the
    draft. Whoever comes second waits for the row, finds it gone, and reads the request.
    ``received_at`` is for history brought in from elsewhere; None is now.

    Raises:
        NotCompleteError: something is left to answer.
        DraftGone: there is neither draft nor request of that key.
    """
    with transaction.atomic():
        request = _file_draft(key, language, received_at)
    if request is None:
        raise NotCompleteError
    return request


def _file_draft(key: UUID, language: str, received_at: datetime | None) -> ServiceRequest | None:
    """The request; None where something is left to answer, which the draft then knows."""
    draft = Draft.objects.select_for_update().live().filter(key=key, trial=None).first()
    if draft is None:
        request = ServiceRequest.objects.filter(idempotency_key=key).first()
        if request is None:
            raise DraftGone
        return request
    definition, saved = draft.version.in_language(language), draft.data.get("answers", {})
    uploads = list(draft.uploads.all())
    journey = Journey(definition, true_answers(definition, saved, uploads))
    if not journey.is_complete:
        if journey.answers != saved:
            draft.data["answers"] = journey.answers
            Draft.objects.filter(pk=draft.pk).update(data=draft.data, revision=F("revision") + 1)
        return None
    sent, unused = _sorted_files(uploads, journey)
    request = register_request(
        as_new_request(
            draft.version,
            journey,
            channel=draft.channel,
            files=tuple(_received(file, definition) for file in sent),
            idempotency_key=draft.key,
            entered_by=draft.entered_by,
            received_at=received_at,
        )
    )
    draft.delete()
    for file in unused:
        transaction.on_commit(partial(forget, file.storage_name))
    return request


def as_new_request(version: ProcedureVersion, journey: Journey, **how: Any) -> NewRequest:
    """What the inbox registers, whatever the channel the answers came by.

    Args:
        how: the fields of ``NewRequest`` that answers do not say: ``channel``, ``idempotency_key``, ``files``…
    """
    source = Journey(version.in_language(settings.LANGUAGE_CODE), journey.answers)
    said: dict[str, Any] = {
        "language": journey.definition.language,
        "answers": tuple(_answers(journey, source)),
        "requester": requester(journey),
        "people": others_in(_shown(journey)),
        "destination": _destination(journey),
        "fees": tuple(_fees(journey, source)),
    }
    return NewRequest(version=version, **said | how)


def requester(journey: Journey) -> Requester:
    """Who asks, as far as the answers say."""
    return requester_in(_shown(journey))


def _shown(journey: Journey) -> Iterable[tuple[Question, Kept]]:
    """The questions that make up the request, computed ones included; not what is only read."""
    for step in journey.path.steps:
        for question in journey.questions(step):
            if question.field_type.asks or question.id in journey.path.answers:
                yield question, journey.path.answers.get(question.id)


def _answers(journey: Journey, source: Journey) -> Iterable[Answer]:
    """The answers as the resident saw them, and as agents read them; both journeys take the same way."""
    for (question, kept), (agents, _kept) in zip(_shown(journey), _shown(source), strict=True):
        kind = question.field_type
        with translation.override(journey.definition.language):
            shown = kind.display(kept, question)
        with translation.override(settings.LANGUAGE_CODE):
            agent_shown = kind.display(kept, agents)
        yield Answer(
            question_id=question.id,
            type=question.type,
            value=kept,
            label=label_in_row(question),
            shown=shown,
            agent_label=label_in_row(agents),
            agent_shown=agent_shown,
            searchable=kind.searchable(kept),
        )


def _destination(journey: Journey) -> Destination:
    route = route_of(journey.definition, journey.path.answers)
    if route is None:
        return Destination()
    return Destination(route.department_id, route.agent_id, route.announced_delay_days)


def _fees(journey: Journey, source: Journey) -> Iterable[FeeLine]:
    """What is to be paid; both journeys have the same answers, hence the same lines."""
    due, agents = (fee_of(way.definition, journey.path.answers).lines for way in (journey, source))
    for line, agent_line in zip(due, agents, strict=True):
        yield FeeLine(line.label, agent_line.label, line.amount_cents)


def _sorted_files(files: Iterable[DraftUpload], journey: Journey) -> tuple[list[DraftUpload], list[DraftUpload]]:
    """Files of questions that are shown, and those of questions that are shown no more."""
    shown = {SCAN, *(question.id for question, _kept in _shown(journey))}
    return [file for file in files if file.question_id in shown], [f for f in files if f.question_id not in shown]


def _received(file: DraftUpload, definition: Definition) -> ReceivedFile:
    question = definition.question_by_id.get(own_id(file.question_id))
    return ReceivedFile(
        question_id=file.question_id,
        storage_name=file.storage_name,
        original_name=file.original_name,
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        sha256=file.sha256,
        scan=file.scan,
        sensitive=question is not None and question.field_type.sensitive,
    )
