"""Complaints are requests of one procedure, tied to the request they are about (docs/decisions/0031)."""

from __future__ import annotations

from typing import cast

from django.conf import settings

from cms.pages import site
from procedures.definition.models import Procedure, ProcedureVersion
from procedures.inbox.models import DeskSettings, RequestLink, ServiceRequest
from procedures.inbox.querysets import ServiceRequestQuerySet, city_today


def complaint_procedure() -> Procedure | None:
    """The procedure by which complaints are filed; None where the city names none. No query: every filing asks."""
    return site.shared("complaint-procedure", _read_procedure)


def _read_procedure() -> Procedure | None:
    return Procedure.objects.filter(slug=settings.COMPLAINT_PROCEDURE).select_related("current").first()


def complaint_version() -> ProcedureVersion | None:
    """Its form, where complaints are taken now."""
    procedure = complaint_procedure()
    return procedure.current if procedure and procedure.is_open else None


def is_complaint(request: ServiceRequest) -> bool:
    """Whether the request is a complaint, about whatever it may be."""
    procedure = complaint_procedure()
    return procedure is not None and request.procedure_id == procedure.pk


def mediator_desks() -> frozenset[int]:
    """Ids of the departments that are a desk of the mediator; no query until one changes."""
    return frozenset(site.shared("mediator-desks", _read_desks))


def _read_desks() -> list[int]:
    return list(DeskSettings.objects.filter(is_mediator=True).values_list("department", flat=True))


def is_mediated(request: ServiceRequest) -> bool:
    """Whether the request is a complaint at a desk of the mediator."""
    return is_complaint(request) and request.department_id in mediator_desks()


def complaints_about(request: ServiceRequest) -> ServiceRequestQuerySet:
    """The complaints about ``request``, the latest first."""
    ties = {"links_from__kind": RequestLink.Kind.COMPLAINT, "links_from__target": request}
    return cast("ServiceRequestQuerySet", ServiceRequest.objects.filter(**ties).order_by("-received_at"))


def complaints_from_page_of(request: ServiceRequest) -> ServiceRequestQuerySet:
    """Those that came from the page of ``request``, behind its secret link: its own resident made them."""
    ties = {"links_from__kind": RequestLink.Kind.COMPLAINT, "links_from__target": request}
    made = ServiceRequest.objects.filter(**ties, links_from__is_by_number=False)
    return cast("ServiceRequestQuerySet", made.order_by("-received_at"))


def subject_of(complaint: ServiceRequest) -> ServiceRequest | None:
    """The request that ``complaint`` is about; None where it could not be told."""
    link = RequestLink.objects.filter(source=complaint, kind=RequestLink.Kind.COMPLAINT).first()
    return ServiceRequest.objects.select_related("procedure", "department").get(pk=link.target_id) if link else None


def may_be_complained_about(request: ServiceRequest) -> bool:
    """Whether the service had its chance: it has answered, or is late (L1112-24 CGCT: after a first step)."""
    answered = request.closed_at is not None or request.is_overdue(city_today())
    return answered and not request.purged_at and not is_complaint(request)
