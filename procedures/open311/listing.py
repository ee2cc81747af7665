"""What applications read of requests: state, dates, department, place. Never who asks, nor a word of theirs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Max
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from directory.models import Department
from procedures.inbox.models import Event
from procedures.inbox.querysets import CITY_ZONE
from procedures.open311.errors import Refused
from procedures.open311.models import OfferedService, Report, ReportQuerySet

SPAN = timedelta(days=90)
MOST = 1000
DECIMALS = 4
"""Of a degree: about ten metres, which shows a street lamp and no front door."""
READ = (
    "public_id",
    "received_at",
    "request__status",
    "request__closed_at",
    "request__announced_on",
    "request__latitude",
    "request__longitude",
    "request__department__id",
    "request__department__name",
    "request__district__name",
    "procedure_id",
)


def found(asked: QueryDict) -> list[Report]:
    """The reports that a call asks for, the latest first.

    Raises:
        Refused: 400, a date, state or page that cannot be read.
    """
    reports: ReportQuerySet = Report.objects.select_related("request__department", "request__district").only(*READ)
    if names := _names(asked.get("service_request_id", "")):
        return list(reports.filter(public_id__in=names).order_by("-received_at", "-request_id"))
    start, end = _span(asked.get("start_date", ""), asked.get("end_date", ""))
    reports = reports.listed().received_within(start, end)
    if codes := _names(asked.get("service_code", "")):
        reports = reports.filter(procedure__slug__in=codes)
    states = set(_names(asked.get("status", "")))
    if states - {"open", "closed"}:
        raise Refused(400, _("status: write open, closed, or both with a comma."))
    if len(states) == 1:
        reports = reports.filter(request__closed_at__isnull=states == {"open"})
    size = _number(asked, "page_size", MOST, most=MOST)
    first = (_number(asked, "page", 1, most=100_000) - 1) * size
    return list(reports[first : first + size])


def shown(reports: Iterable[Report]) -> list[dict[str, Any]]:
    """Reports as GeoReport writes them, with two queries more however many."""
    reports = list(reports)
    offers = {
        offer.procedure_id: offer
        for offer in OfferedService.objects.filter(
            procedure__in={report.procedure_id for report in reports}
        ).select_related("procedure")
    }
    last = dict(
        Event.objects.filter(request__in=[report.pk for report in reports], visible_to_resident=True)
        .order_by()
        .values_list("request_id")
        .annotate(Max("at"))
    )
    # A procedure that is offered no more answers nobody, by number neither.
    return [_shown(report, offers[report.procedure_id], last) for report in reports if report.procedure_id in offers]


def _shown(report: Report, offer: OfferedService, last: dict[int, datetime]) -> dict[str, Any]:
    request = report.request
    department: Department = request.department
    shows = offer.shows_position
    until = None if request.closed_at else request.announced_on
    return {
        "service_request_id": report.public_id,
        "status": "closed" if request.closed_at else "open",
        "status_notes": request.get_status_display(),
        "service_name": offer.procedure.title,
        "service_code": offer.procedure.slug,
        "description": None,
        "agency_responsible": department.name,
        "service_notice": None,
        "requested_datetime": w3c(report.received_at),
        "updated_datetime": w3c(request.closed_at or last.get(report.pk) or report.received_at),
        "expected_datetime": w3c(datetime.combine(until, time(23, 59, 59), CITY_ZONE)) if until else None,
        "address": request.district.name if shows and request.district else None,
        "address_id": None,
        "zipcode": None,
        "lat": _rounded(request.latitude) if shows else None,
        "long": _rounded(request.longitude) if shows else None,
        "media_url": None,
    }


def w3c(moment: datetime) -> str:
    """ISO 8601 with the city's offset, to the second."""
    return moment.astimezone(CITY_ZONE).isoformat(timespec="seconds")


def _rounded(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, DECIMALS)


def without_nulls(text: str) -> str:
    """The text without null characters, which PostgreSQL does not even look for."""
    return text.replace("\0", "")


def _names(text: str) -> list[str]:
    return [name.strip() for name in without_nulls(text).split(",") if name.strip()][:MOST]


def _span(start: str, end: str) -> tuple[datetime, datetime]:
    """What is asked for, 90 days at most: those before ``end``, or from ``start`` on."""
    first, last = _moment("start_date", start), _moment("end_date", end, time.max)
    if first and last and last < first:
        raise Refused(400, _("end_date: it comes before start_date."))
    if first and not last:
        last = min(first + SPAN, timezone.now()) if first < timezone.now() else first
    last = last or timezone.now()
    return max(first, last - SPAN) if first else last - SPAN, last


def _moment(name: str, text: str, of_day: time = time.min) -> datetime | None:
    """A moment as W3C writes it, or a day in the city; the offset may have lost its plus to the address."""
    if not text:
        return None
    try:
        day = None if "T" in text else parse_date(text.strip())
        moment = None if day else parse_datetime(text.strip().replace(" ", "+", 1))
    except ValueError:
        moment = day = None
    if moment is None and day is not None:
        moment = datetime.combine(day, of_day)
    if moment is None or not 1900 < moment.year < 9000:
        raise Refused(400, _("%(name)s: write a date like 2026-11-14T17:22:00+01:00.") % {"name": name})
    return moment if moment.tzinfo else moment.replace(tzinfo=CITY_ZONE)


def _number(asked: QueryDict, name: str, default: int, *, most: int) -> int:
    text = asked.get(name, "") or str(default)
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= most:
        raise Refused(400, _("%(name)s: write a number from 1 to %(most)s.") % {"name": name, "most": most})
    return int(text)
