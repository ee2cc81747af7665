"""The way into the inbox, the same for every channel."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from cms.accounts.models import User
from directory.models import Department
from procedures.inbox import access_link
from procedures.inbox.clock import SilenceEffect
from procedures.inbox.folding import fold
from procedures.inbox.models import Attachment, Event, ExpertOpinion, Message, RequestText, ServiceRequest
from procedures.inbox.people import Person
from procedures.inbox.places import position_in
from procedures.inbox.querysets import departments_answered_by
from procedures.inbox.received import Destination, NewRequest, ReceivedFile, Requester
from procedures.inbox.services.complaint_links import tie_by_number
from procedures.inbox.services.posting import hand_over, post
from procedures.inbox.services.writing import RESIDENT, SYSTEM, by_agent, dates_of, moment, record, set_dates
from procedures.inbox.tracking_number import new_tracking_number
from procedures.inbox.transitions import Status

ATTEMPTS = 5


@transaction.atomic
def register_request(new: NewRequest) -> ServiceRequest:
    """Register a request with its answers, files, first event and receipt.

    The same ``idempotency_key`` gives the same request, even from two processes at once:
    the second waits for the first, then reads what it wrote.
    """
    for _attempt in range(ATTEMPTS):
        request = ServiceRequest.objects.filter(idempotency_key=new.idempotency_key).first()
        if request is not None:
            return request
        try:
            with transaction.atomic():
                return _write(new)
        except IntegrityError:
            # Somebody else has the key by now, or the drawn number: look again, draw again.
            continue
    raise IntegrityError(f"No request could be written for {new.idempotency_key}")


def _write(new: NewRequest) -> ServiceRequest:
    at = moment(new.received_at)
    request = _request(new, at)
    request.save(force_insert=True)
    RequestText.objects.create(request=request, folded=searchable_text(new, request.tracking_number))
    attach(request, new.files, at)
    author = by_agent(new.entered_by) if new.entered_by else RESIDENT
    facts: dict[str, Any] = {
        "channel": request.channel,
        "procedure_id": request.procedure_id,
        "department_id": request.department_id,
        "district_id": request.district_id,
        "files": len(new.files),
        **dates_of(request),
    }
    if request.fee_cents:
        facts["fee_cents"] = request.fee_cents
    record(request, Event.Kind.FILED, author, at, **facts)
    if request.agent is not None:
        record(request, Event.Kind.ASSIGNED, SYSTEM, at, to=str(request.agent))
    tie_by_number(request)
    post(request, "receipt", **dates_of(request))
    hand_over(request)
    return request


def _request(new: NewRequest, at: datetime) -> ServiceRequest:
    rules, destination = new.version.rules, new.destination
    where = position_in(answer.value for answer in new.answers)
    department, agent = _addressees(rules.department_id, destination)
    request = ServiceRequest(
        tracking_number=new_tracking_number(),
        idempotency_key=new.idempotency_key,
        procedure_id=new.version.procedure_id,
        version=new.version,
        department_id=department,
        agent=agent,
        entered_by=new.entered_by,
        channel=new.channel,
        language=new.language,
        status=Status.REGISTERED if new.entered_by or agent else Status.RECEIVED,
        requester_name=new.requester.name,
        requester_email=new.requester.email,
        requester_phone=new.requester.phone,
        answers=[asdict(answer) for answer in new.answers],
        people=[asdict(person) for person in new.people],
        fee_cents=sum(line.amount_cents for line in new.fees),
        fee_lines=[asdict(line) for line in new.fees],
        silence_effect=SilenceEffect(rules.silence_effect),
        delay=rules.delay,
        delay_unit=rules.delay_unit,
        announced_delay_days=destination.announced_delay_days or rules.announced_delay_days,
        announced_delay_unit=rules.announced_delay_unit,
        received_at=at,
        latitude=where.latitude,
        longitude=where.longitude,
        district_id=where.district_id,
    )
    request.access_hash = access_link.fingerprint(access_link.new_token(request.access_nonce))
    set_dates(request, [], request.received_on)
    return request


def _addressees(own_department_id: int, destination: Destination) -> tuple[int, User | None]:
    """Department and agent; who or what is gone since the version was published is passed over."""
    department_id = destination.department_id or own_department_id
    if department_id != own_department_id and not Department.objects.filter(pk=department_id).exists():
        department_id = own_department_id
    agent = User.objects.filter(pk=destination.agent_id, is_active=True).first() if destination.agent_id else None
    if agent is not None and department_id not in departments_answered_by(agent):
        agent = None
    return department_id, agent


def attach(
    request: ServiceRequest,
    files: tuple[ReceivedFile, ...],
    at: datetime,
    message: Message | None = None,
    opinion: ExpertOpinion | None = None,
) -> None:
    """Join files that are in the private storage already."""
    Attachment.objects.bulk_create(
        Attachment(
            request=request,
            message=message,
            opinion=opinion,
            question_id=file.question_id,
            storage_name=file.storage_name,
            original_name=file.original_name,
            media_type=file.media_type,
            size_bytes=file.size_bytes,
            sha256=file.sha256,
            scan=file.scan,
            sensitive=file.sensitive,
            received_at=at,
        )
        for file in files
    )


def searchable_text(new: NewRequest, number: str) -> str:
    """Everything a request may be found by, folded; phones also without their spaces."""
    parts: list[str] = []
    people: tuple[Requester | Person, ...] = (new.requester, *new.people)
    for person in people:
        parts += [person.name, person.email, person.phone, "".join(c for c in person.phone if c.isdigit())]
    return fold(" ".join([*parts, *(answer.searchable for answer in new.answers), number]))
