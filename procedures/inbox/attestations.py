"""What an attestation says: to whoever holds it, and to whoever wants to know whether it is genuine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from procedures.inbox import tracking_number
from procedures.inbox.clock import city_day
from procedures.inbox.models import Attestation, ServiceRequest
from procedures.inbox.papers import draw
from procedures.inbox.querysets import CITY_ZONE
from procedures.inbox.receipt import receipt_of, signs_alone
from procedures.inbox.transitions import Status

HIDDEN = "••••"


@dataclass(frozen=True)
class Genuine:
    """What anybody may know of an attestation that is genuine: nothing personal."""

    number: str
    """The tracking number, its middle hidden."""
    procedure: str
    accepted_on: date
    issued_on: date
    is_withdrawn: bool
    """The town has refused the request since (CRPA L242-1)."""


def code_shown(code: str) -> str:
    """A code as people read it: ``7F3K-92QD-MXC``."""
    return tracking_number.shown(code).removeprefix(f"{settings.TRACKING_PREFIX}-")


def genuine(typed: str) -> Genuine | None:
    """The attestation that bears this code; a code that cannot be ours costs the same query."""
    code = tracking_number.read(typed) or ""
    found = Attestation.objects.select_related("request__version").filter(code=code).first()
    if found is None:
        return None
    return Genuine(
        number=f"{settings.TRACKING_PREFIX}-{HIDDEN}-{HIDDEN}-{found.request.tracking_number[-3:]}",
        procedure=found.request.version.in_language(get_language() or settings.LANGUAGE_CODE).title,
        accepted_on=found.accepted_on,
        issued_on=city_day(found.issued_at, CITY_ZONE),
        is_withdrawn=found.request.status == Status.REFUSED,
    )


def attestation_name(request: ServiceRequest) -> str:
    """What the file is called, in the active language."""
    return _("attestation") + f"-{request.number}.pdf"


def attestation_pdf(request: ServiceRequest) -> bytes:
    """The attestation of ``request``, in the active language.

    Raises:
        Attestation.DoesNotExist: nobody has asked for it.
    """
    attestation = Attestation.objects.select_related("issued_by").get(request=request)
    issued: datetime = localtime(attestation.issued_at, CITY_ZONE)
    return draw(
        "papers/attestation.html",
        request,
        heading=_("Attestation of implicit acceptance"),
        receipt=receipt_of(request, due_on=attestation.accepted_on, announced_on=None),
        attestation=attestation,
        signatory=None if signs_alone(request) else attestation.issued_by,
        code=code_shown(attestation.code),
        verify_url=settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(settings.VERIFY_URL_NAME),
        today=issued.date(),
    )
