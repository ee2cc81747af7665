"""A request as other systems receive it: JSON, worded in the city's language."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from procedures.inbox.models import ServiceRequest


def contents_of(request: ServiceRequest) -> dict[str, Any]:
    """Everything that was filed, as it stands when it leaves: what was purged meanwhile does not leave.

    Files are named, not enclosed; ``received_at`` is ISO 8601 with its offset.
    """
    return {
        "number": request.number,
        "procedure": request.procedure.slug,
        "title": request.version.in_language(settings.LANGUAGE_CODE).title,
        "department": request.department.slug,
        "channel": request.channel,
        "received_at": request.received_at.isoformat(),
        "requester": {
            "name": request.requester_name,
            "email": request.requester_email,
            "phone": request.requester_phone,
        },
        "people": request.people,
        "fee_cents": request.fee_cents,
        "answers": [
            {
                "question": answer["question_id"],
                "type": answer["type"],
                "label": answer["agent_label"],
                "value": answer["value"],
                "shown": answer["agent_shown"],
            }
            for answer in request.answers
        ],
        "files": list(request.attachments.values("question_id", "original_name", "media_type", "size_bytes", "sha256")),
    }
