"""What the page of a request shows beside it: the same person's others, complaints, opinions from outside."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cms.accounts.models import User
from directory.models import DepartmentMember, departments_of
from procedures.inbox.acquaintances import others_of
from procedures.inbox.desk.complaints import complaint_box
from procedures.inbox.desk.holding import shares_address
from procedures.inbox.models import Attachment, ServiceRequest
from procedures.inbox.querysets import ServiceRequestQuerySet
from procedures.inbox.services.opinions import ANSWERABLE


def panels(request: Any, user: User, visible: ServiceRequestQuerySet) -> dict[str, Any]:
    """The panels' context.

    Args:
        request: a ServiceRequest with what ``what_it_holds`` says of it.
        visible: what ``user`` may see.
    """
    is_known = shares_address(request) or not request.requester_email
    return {
        "others": others_of(request, visible) if is_known else [],
        "may_see_readings": request.is_headed,
        "opinions": opinions_of(request),
        "complaint": complaint_box(request, user),
    }


def may_see_readings(user: User, request: ServiceRequest) -> bool:
    """Whether ``user`` heads the department, or administers the site: they may see who opened the request."""
    return departments_of(user, roles=[DepartmentMember.Role.HEAD]).filter(pk=request.department_id).exists()


def opinions_of(request: ServiceRequest) -> list[dict[str, Any]]:
    """What was asked outside, with what came back."""
    files: dict[int, list[Attachment]] = {}
    for file in request.attachments.all():
        if file.opinion_id is not None:
            files.setdefault(file.opinion_id, []).append(file)
    now, found = timezone.now(), []
    for opinion in request.opinions.all():
        opinion.request = request
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
