"""What ties the request on the screen to a complaint: the one it is about, or those about it."""

from __future__ import annotations

from typing import Any

from cms.accounts.models import User
from procedures.inbox.complaints import complaints_about, is_complaint, subject_of
from procedures.inbox.models import RequestLink, ServiceRequest


def complaint_box(request: ServiceRequest, user: User) -> dict[str, Any] | None:
    """The subject of a complaint, or the complaints about a request; what ``user`` may not open is a number."""
    if is_complaint(request):
        subject = subject_of(request)
        opens = subject is not None and ServiceRequest.objects.readable_by(user).filter(pk=subject.pk).exists()
        return {"is_complaint": True, "subject": subject, "opens": opens}
    if not any(link.kind == RequestLink.Kind.COMPLAINT for link in request.links_to.all()):
        return None
    about = list(complaints_about(request))
    ids = [complaint.pk for complaint in about]
    visible = set(ServiceRequest.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
    return {
        "complaints": [{"complaint": complaint, "opens": complaint.pk in visible} for complaint in about],
        "is_open": any(complaint.closed_at is None for complaint in about),
    }
