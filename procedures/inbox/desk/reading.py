"""What the page of a request shows, put in order."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from cms.formats.pdf import is_available
from procedures.definition.outcomes import shown_fee
from procedures.inbox.dates import implicit_decision_of
from procedures.inbox.desk.mails import mails_of
from procedures.inbox.models import Attachment, Event, ServiceRequest
from procedures.inbox.people import people_of
from procedures.inbox.querysets import city_today


def everything_about(request: ServiceRequest) -> dict[str, Any]:
    """Answers with their files, the conversation in order, and the log."""
    files = list(request.attachments.all())
    by_question: dict[str, list[Attachment]] = {}
    for file in files:
        by_question.setdefault(file.question_id, []).append(file)
    asked = {answer["question_id"] for answer in request.answers}
    return {
        "fee": shown_fee((line["agent_label"], line["amount_cents"], "") for line in request.fee_lines),
        "people": people_of(request),
        "answers": [
            answer
            | {
                "files": by_question.get(answer["question_id"], []),
                "seen_label": answer["label"] if answer["label"] != answer["agent_label"] else "",
                "seen": answer["shown"] if answer["shown"] != answer["agent_shown"] else "",
            }
            for answer in request.answers
        ],
        "other_files": [
            file
            for file in files
            if file.message_id is None and file.opinion_id is None and file.question_id not in asked
        ],
        "exchanges": _exchanges(request, files),
        "mails": mails_of(request),
        "events": sorted(request.events.all(), key=lambda event: event.seq, reverse=True),
        "event_labels": dict(Event.Kind.choices),
        "is_overdue": request.is_overdue(city_today()),
        "awaited": next((row for row in request.completion_requests.all() if row.answered_at is None), None),
        "has_pdf": is_available(),
        "implicit": implicit_decision_of(request),
        "attestation": getattr(request, "attestation", None),
        "reads_french": request.language == settings.LANGUAGE_CODE,
    }


def _exchanges(request: ServiceRequest, files: list[Attachment]) -> list[dict[str, Any]]:
    """Messages, notes and completion requests, the latest first."""
    notes = [
        {
            "kind": "note",
            "author": str(note.author or ""),
            "text": note.text,
            "at": note.written_at,
            "files": [],
            "mentions": [str(mention.user) for mention in note.mentions.all()],
        }
        for note in request.notes.all()
    ]
    asked = [
        {
            "kind": "completion_asked",
            "author": str(row.asked_by or ""),
            "text": row.explanation,
            "missing": row.missing,
            "by": row.by,
            "at": row.asked_at,
            "files": [],
        }
        for row in request.completion_requests.all()
    ]
    return sorted([*_messages(request, files), *notes, *asked], key=lambda entry: entry["at"], reverse=True)


def _messages(request: ServiceRequest, files: list[Attachment]) -> list[dict[str, Any]]:
    return [
        {
            "kind": "resident" if message.from_resident else message.kind,
            "author": message.unknown_sender
            or (request.requester_name if message.from_resident else str(message.author or "")),
            "is_by_stranger": bool(message.unknown_sender),
            "is_unverified": message.unknown_sender.casefold() == request.requester_email.casefold(),
            "pk": message.pk,
            "by_email": message.by_email,
            "text": message.text,
            "at": message.sent_at,
            "files": [file for file in files if file.message_id == message.pk],
        }
        for message in request.messages.all()
    ]
