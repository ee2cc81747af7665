"""What ties the request on the screen to a complaint: the one it is about, or those about it."""

from __future__ import annotations

from typing import Any

from procedures.inbox.complaints import is_complaint
from procedures.inbox.desk.neighbours import Neighbours


def complaint_box(neighbours: Neighbours) -> dict[str, Any] | None:
    """The subject of a complaint, or the complaints about a request; what the user may not open is a number."""
    if is_complaint(neighbours.request):
        subject = next(iter(neighbours.complaints(about_this=False)), None)
        return {
            "is_complaint": True,
            "subject": subject,
            "opens": subject is not None and subject.is_readable,
            "by_number": any(link.is_by_number for link in neighbours.links),
        }
    about = neighbours.complaints(about_this=True)
    if not about:
        return None
    return {
        "complaints": [{"complaint": complaint, "opens": complaint.is_theirs} for complaint in about],
        "is_open": any(complaint.closed_at is None for complaint in about),
    }
