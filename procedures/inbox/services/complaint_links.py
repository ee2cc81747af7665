"""What ties a complaint to the request it is about."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from procedures.inbox import tracking_number
from procedures.inbox.complaints import is_complaint
from procedures.inbox.duplicates import is_same_person
from procedures.inbox.models import Event, RequestLink, ServiceRequest
from procedures.inbox.services.writing import RESIDENT, lock, moment, record

FROM_THE_PAGE = "complaint-about"
"""Id of the answer that names the request, in a complaint made from its page; no question of a form has it."""


@transaction.atomic
def tie_complaint(
    complaint: ServiceRequest, target: ServiceRequest, *, is_by_number: bool = False, at: datetime | None = None
) -> None:
    """Say that ``complaint`` is about ``target``, in both; once, however often it is called.

    Args:
        is_by_number: nothing but a number, and a name or an address that anybody can type, says so. Then the page of
            ``target`` does not tell of it: its resident may be somebody else.
    """
    when = moment(at)
    kind = RequestLink.Kind.COMPLAINT
    _link, is_new = RequestLink.objects.get_or_create(
        source=complaint, target=target, kind=kind, defaults={"made_at": when, "is_by_number": is_by_number}
    )
    if is_new:
        lock(target)
        told = {"complaint_id": complaint.pk, "number": complaint.number}
        record(target, Event.Kind.COMPLAINED, RESIDENT, when, visible=not is_by_number, **told)


def tie_by_number(complaint: ServiceRequest) -> None:
    """Tie a complaint that was filed with a tracking number among its answers, if both are of one person.

    Anybody may have overheard a number: the mediator must not be led into a stranger's request by it.
    """
    if not is_complaint(complaint) or any(answer["question_id"] == FROM_THE_PAGE for answer in complaint.answers):
        return
    for answer in complaint.answers:
        number = tracking_number.read(answer["value"]) if isinstance(answer["value"], str) else None
        target = ServiceRequest.objects.filter(tracking_number=number).first() if number else None
        if target and target.pk != complaint.pk and is_same_person(complaint, target):
            tie_complaint(complaint, target, is_by_number=True, at=complaint.received_at)
            return
