"""Give a public name to requests that came by another way than GeoReport, so that the list is whole."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from procedures.inbox.models import ServiceRequest
from procedures.open311.models import OfferedService, Report

CHUNK = 500


def publish_reports(days: int) -> int:
    """Name the requests of public services received in the last ``days``; return how many were not named before."""
    public = list(OfferedService.objects.filter(is_public=True).values_list("procedure_id", flat=True))
    if not public:
        return 0
    since = timezone.now() - timedelta(days=days)
    nameless = ServiceRequest.objects.filter(procedure__in=public, received_at__gte=since, report__isnull=True)
    rows = list(nameless.order_by("-received_at").values_list("pk", "procedure_id", "received_at"))
    for start in range(0, len(rows), CHUNK):
        # Two workers at once name a request once: the second name is ignored.
        Report.objects.bulk_create(
            [
                Report(request_id=pk, procedure_id=procedure, received_at=at)
                for pk, procedure, at in rows[start : start + CHUNK]
            ],
            ignore_conflicts=True,
        )
    return len(rows)
