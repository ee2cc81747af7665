"""What a resident can still do once the answer is given: say what they think, have it opened again, contest it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.timezone import localtime

from procedures.inbox.models import Satisfaction, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE
from procedures.inbox.receipt import remedies_of_refusal
from procedures.inbox.services.reopening import may_be_reopened_by_resident
from procedures.inbox.surveys import may_be_rated
from procedures.inbox.transitions import Status
from procedures.tracking.forms import RateForm, ReopenForm


@dataclass(frozen=True)
class Afterwards:
    """The end of the page of a decided request; None where a form is not offered."""

    rate_form: RateForm | None
    rated: str
    """What the resident answered before; "" where nothing."""
    reopen_form: ReopenForm | None
    reopen_until: date | None
    remedies: str
    """How to contest a refusal."""


def afterwards_of(request: ServiceRequest) -> Afterwards | None:
    """What is offered, in the active language; None before the answer, and once everything is deleted."""
    if request.closed_at is None or request.purged_at:
        return None
    kept = Satisfaction.objects.filter(request=request).first()
    reopens = may_be_reopened_by_resident(request)
    initial = {"step": kept.step, "words": kept.words} if kept else {}
    return Afterwards(
        rate_form=RateForm(auto_id="rate_%s", initial=initial) if may_be_rated(request) else None,
        rated=str(kept) if kept else "",
        reopen_form=ReopenForm(auto_id="reopen_%s") if reopens else None,
        reopen_until=_day_after_answer(request, settings.REOPEN_DAYS) if reopens else None,
        remedies=remedies_of_refusal(request) if request.status == Status.REFUSED else "",
    )


def _day_after_answer(request: ServiceRequest, days: int) -> date | None:
    closed = request.closed_at
    return (localtime(closed, CITY_ZONE) + timedelta(days=days)).date() if closed else None
