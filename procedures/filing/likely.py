"""Before an agent files what somebody asks: what may be the same request, and what to do with it instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from procedures.filing.entering import foretold
from procedures.filing.sending import requester
from procedures.inbox.acquaintances import likely_the_same
from procedures.inbox.models import ServiceRequest

if TYPE_CHECKING:
    from procedures.filing.views.wizard import FilingView


def likely_of(view: FilingView) -> list[dict[str, Any]]:
    """What the agent may see that looks the same; nothing for a resident, whom it would tell of others."""
    draft = view.storage.draft
    if draft is None or draft.entered_by_id is None or draft.entered_by_id != view.request.user.pk:
        return []
    visible = ServiceRequest.objects.visible_to(view.request.user)
    new = foretold(draft, view.journey, requester(view.journey))
    return [
        {
            "request": found,
            "url": reverse("inbox:request", args=[found.pk]),
            "join_url": reverse("join_request", args=[draft.key, found.pk]),
        }
        for found in likely_the_same(new, visible)
    ]
