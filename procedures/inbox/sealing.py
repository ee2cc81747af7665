"""Checking the logs: is every event as it was written, none added, none gone?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from procedures.inbox.models import Event, ServiceRequest


@dataclass(frozen=True)
class Break:
    """A place where a log is not what was written."""

    number: str
    """Tracking number, as shown."""
    seq: int
    reason: str


def breaks_of(request: ServiceRequest, events: list[Event]) -> Iterator[Break]:
    """Follow the chain of one request; ``events`` in order."""
    previous = ""
    for place, event in enumerate(events, start=1):
        if event.seq != place:
            yield Break(request.number, place, "event missing")
            return
        if event.previous_hash != previous:
            yield Break(request.number, event.seq, "does not follow the event before")
        if event.seal() != event.hash:
            yield Break(request.number, event.seq, "changed since it was written")
        previous = event.hash
    if len(events) != request.log_length or previous != request.log_head:
        yield Break(request.number, request.log_length, "end of the log missing or added")


def all_breaks() -> Iterator[Break]:
    """Follow every chain, in batches: memory stays flat whatever the number of requests."""
    requests = ServiceRequest.objects.only("tracking_number", "log_length", "log_head").order_by("pk")
    for request in requests.prefetch_related("events").iterator(chunk_size=500):
        yield from breaks_of(request, list(request.events.all()))
