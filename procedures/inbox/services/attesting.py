"""The attestation of an implicit acceptance, on request (CRPA L232-3)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from cms.accounts.models import User
from procedures.inbox.clock import city_day
from procedures.inbox.dates import implicit_decision_of
from procedures.inbox.errors import AlreadyDecided, NotDeemedAccepted, NotYours
from procedures.inbox.models import Attestation, Event, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE, departments_answered_by
from procedures.inbox.services.posting import post
from procedures.inbox.services.writing import RESIDENT, by_agent, lock, moment, record
from procedures.inbox.tracking_number import new_tracking_number

ATTEMPTS = 5


@transaction.atomic
def attest(request: ServiceRequest, *, agent: User | None = None, at: datetime | None = None) -> Attestation:
    """Attest that the request was accepted by silence; asked twice, the same attestation.

    Args:
        agent: who issues it; None where the resident asks on the page of the request.

    Raises:
        NotYours: ``agent`` does not work for the request's department.
        AlreadyDecided: the request has its answer in words.
        NotDeemedAccepted: silence has not accepted it, or not yet.
    """
    lock(request)
    if agent is not None and request.department_id not in departments_answered_by(agent):
        raise NotYours
    known = Attestation.objects.filter(request=request).first()
    if known is not None:
        return known
    if request.is_decided:
        raise AlreadyDecided
    when = moment(at)
    decision = implicit_decision_of(request, city_day(when, CITY_ZONE))
    if decision is None or not decision.accepts:
        raise NotDeemedAccepted
    made = _draw_code(Attestation(request=request, accepted_on=decision.day, issued_at=when, issued_by=agent))
    author = by_agent(agent) if agent else RESIDENT
    record(request, Event.Kind.ATTESTED, author, when, attestation_id=made.pk, accepted_on=decision.day)
    if agent is not None:
        post(request, "attested", accepted_on=decision.day)
    return made


def _draw_code(attestation: Attestation) -> Attestation:
    for _attempt in range(ATTEMPTS):
        attestation.code = new_tracking_number()
        try:
            with transaction.atomic():
                attestation.save(force_insert=True)
        except IntegrityError:  # drawn before: draw again
            continue
        return attestation
    raise IntegrityError("No code could be drawn")
