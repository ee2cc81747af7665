"""What the page of a request shows beside it: the same person's others, complaints, opinions from outside."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from procedures.inbox.desk.complaints import complaint_box
from procedures.inbox.desk.neighbours import Neighbours
from procedures.inbox.models import Attachment, ServiceRequest
from procedures.inbox.services.opinions import ANSWERABLE


def panels(neighbours: Neighbours) -> dict[str, Any]:
    """The panels' context."""
    return {
        "others": neighbours.others_of_the_person(),
        "may_see_readings": neighbours.request.is_headed,
        "opinions": opinions_of(neighbours.request),
        "complaint": complaint_box(neighbours),
    }


def opinions_of(request: ServiceRequest) -> list[dict[str, Any]]:
    """What was asked outside, with what came back."""
    files: dict[int, list[Attachment]] = {}
    for file in request.attachments.all():
        if file.opinion_id is not None:
            files.setdefault(file.opinion_id, []).append(file)
    now, found = timezone.now(), []
    for opinion in request.opinions.all():
        state = opinion.state(now)
        found.append(
            {
                "opinion": opinion,
                "label": state.label,
                "files": files.get(opinion.pk, []),
                "may_revoke": state in ANSWERABLE,
            }
        )
    return found
