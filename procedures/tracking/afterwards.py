"""What a resident can do once the answer is given, or late: say what they think, have it opened again, contest it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.timezone import localtime

from procedures.inbox.complaints import (
    complaint_version,
    complaints_about,
    complaints_from_page_of,
    may_be_complained_about,
)
from procedures.inbox.models import Satisfaction, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE
from procedures.inbox.receipt import remedies_of_decision
from procedures.inbox.services.reopening import may_be_reopened_by_resident
from procedures.inbox.surveys import may_be_rated
from procedures.inbox.transitions import Status
from procedures.tracking.forms import ComplainForm, RateForm, ReopenForm


@dataclass(frozen=True)
class OpenComplaint:
    """A complaint that the mediator has in hands; ``token`` opens its page, "" where the server lost its key."""

    number: str
    token: str


@dataclass(frozen=True)
class Afterwards:
    """The end of the page; None where a form is not offered."""

    is_answered: bool
    rate_form: RateForm | None
    rated: str
    """What the resident answered before; "" where nothing."""
    reopen_form: ReopenForm | None
    reopen_until: date | None
    remedies: str
    """How to contest a refusal."""
    complain_form: ComplainForm | None
    complaint: OpenComplaint | None
    complaint_by_number: OpenComplaint | None
    """One that may be theirs; it hinders no other."""


def afterwards_of(request: ServiceRequest) -> Afterwards | None:
    """What is offered, in the active language; None where nothing is, and once everything is deleted."""
    complains = complaint_version() is not None and may_be_complained_about(request)
    if request.purged_at or not (request.closed_at or complains):
        return None
    kept = Satisfaction.objects.filter(request=request).first() if request.closed_at else None
    reopens = may_be_reopened_by_resident(request)
    complaint = _open_complaint(request) if complains else None
    initial = {"step": kept.step, "words": kept.words} if kept else {}
    return Afterwards(
        is_answered=request.closed_at is not None,
        rate_form=RateForm(auto_id="rate_%s", initial=initial) if may_be_rated(request) else None,
        rated=str(kept) if kept else "",
        reopen_form=ReopenForm(auto_id="reopen_%s") if reopens else None,
        reopen_until=_day_after(request.closed_at, settings.REOPEN_DAYS) if reopens else None,
        remedies=remedies_of_decision(request) if request.status == Status.REFUSED else "",
        complain_form=ComplainForm(auto_id="complain_%s") if complains and complaint is None else None,
        complaint=complaint,
        complaint_by_number=_complaint_under_their_address(request) if complains and complaint is None else None,
    )


def _open_complaint(request: ServiceRequest) -> OpenComplaint | None:
    complaint = complaints_from_page_of(request).open().first()
    return OpenComplaint(complaint.number, complaint.access_token or "") if complaint else None


def _complaint_under_their_address(request: ServiceRequest) -> OpenComplaint | None:
    """One that names the request by its number, whose receipt went to the same mailbox: it tells nothing new here."""
    email = request.requester_email
    found = complaints_about(request).open().filter(requester_email__iexact=email).first() if email else None
    return OpenComplaint(found.number, found.access_token or "") if found else None


def _day_after(closed: datetime | None, days: int) -> date | None:
    return (localtime(closed, CITY_ZONE) + timedelta(days=days)).date() if closed else None
