"""Which requests a run has something to do with, oldest answer first, and which must wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from procedures.definition.models import ProcedureVersion
from procedures.inbox.clock import city_day
from procedures.inbox.models import RequestLink, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE
from procedures.inbox.services.purging import is_since
from procedures.retention.models import Hold
from procedures.retention.schedule import WARNING, Months, closed_before, keeping_of_request, months_of

Step = Literal["announce", "files", "answers"]
BATCH = 200


class Due(NamedTuple):
    """A request and what is due for it."""

    request: ServiceRequest
    step: Step


def due_requests(today: date) -> Iterator[Due]:
    """What is due, deletions before announcements of new ones; one step of a request at a time."""
    for step in ("answers", "files", "announce"):
        for months, versions in sorted(_versions().items()):
            first = months.all if step == "answers" else months.files
            limit = closed_before(today + (WARNING if step == "announce" else timedelta()), first)
            for request in _candidates(step, versions, limit):
                if step_of(request, today) == step:
                    yield Due(request, step)


def step_of(request: ServiceRequest, today: date) -> Step | None:
    """What is due for an answered request; nothing goes that was not announced two weeks before."""
    closed, keeping = request.closed_at, keeping_of_request(request)
    if closed is None or request.purged_at is not None:
        return None
    announced = request.purge_announced_at
    if announced is None or not is_since(announced, closed):
        return "announce" if keeping.announce_on <= today else None
    if city_day(announced, CITY_ZONE) + WARNING > today:
        return None
    if keeping.answers_on <= today:
        return "answers"
    is_left = not is_since(request.files_purged_at, closed)
    return "files" if keeping.files_on <= today and is_left else None


def _versions() -> dict[Months, list[int]]:
    """Ids of versions by the months they keep requests."""
    by_months: dict[Months, list[int]] = {}
    for version in ProcedureVersion.objects.all():
        by_months.setdefault(months_of(version.rules), []).append(version.pk)
    return by_months


def _candidates(step: Step, versions: list[int], limit: date) -> Iterator[ServiceRequest]:
    """Answered before ``limit``, with the step not done yet, in batches, so that a cap reads no more than it takes."""
    found = not_held(ServiceRequest.objects.decided().filter(purged_at=None, version__in=versions))
    midnight = datetime.combine(limit, time.min, tzinfo=CITY_ZONE)
    found = found.filter(closed_at__lt=midnight).select_related("version", "procedure")
    not_yet = Q(purge_announced_at=None) | Q(purge_announced_at__lt=F("closed_at"))
    found = found.filter(not_yet) if step == "announce" else found.exclude(not_yet)
    if step == "files":
        found = found.filter(Q(files_purged_at=None) | Q(files_purged_at__lt=F("closed_at")))
    after: tuple[Any, int] | None = None
    while True:
        page = found.order_by("closed_at", "pk")
        if after:
            page = page.filter(Q(closed_at__gt=after[0]) | Q(closed_at=after[0], pk__gt=after[1]))
        rows = list(page[:BATCH])
        yield from rows
        if len(rows) < BATCH:
            return
        after = rows[-1].closed_at, rows[-1].pk


def not_held(requests: QuerySet[ServiceRequest]) -> QuerySet[ServiceRequest]:
    """Without those that a hold, or a complaint that is not settled, keeps."""
    return requests.exclude(_held())


def held(requests: QuerySet[ServiceRequest]) -> QuerySet[ServiceRequest]:
    """Those that a hold, or a complaint that is not settled, keeps."""
    return requests.filter(_held())


def is_held(request: ServiceRequest) -> bool:
    """Whether something keeps the data of this one."""
    return held(ServiceRequest.objects.filter(pk=request.pk)).exists()


def _held() -> Q:
    holds = Hold.objects.in_force().filter(request=OuterRef("pk"))
    complaints = RequestLink.objects.filter(kind=RequestLink.Kind.COMPLAINT, source__closed_at=None)
    return Q(Exists(holds)) | Q(Exists(complaints.filter(target=OuterRef("pk"))))
