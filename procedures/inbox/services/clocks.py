"""Dates that move by themselves."""

from __future__ import annotations

from django.db import transaction

from procedures.inbox.models import ServiceRequest
from procedures.inbox.querysets import city_today
from procedures.inbox.services.writing import lock, move_clock
from procedures.inbox.transitions import Status


def move_waiting_clocks() -> int:
    """Push the dates of requests that wait for their resident to what they are today.

    Run each night, once or several times: a wait that is not over counts as if it ended
    today. The legal date of a request that silence refuses is right without it.

    Returns:
        How many requests wait.
    """
    today, moved = city_today(), 0
    waiting = ServiceRequest.objects.open().filter(status=Status.WAITING).values_list("pk", flat=True)
    for pk in list(waiting):
        with transaction.atomic():
            request = ServiceRequest(pk=pk)
            lock(request)
            if request.status == Status.WAITING:
                move_clock(request, today)
                request.save(update_fields=["due_on", "announced_on", "due_key"])
                moved += 1
    return moved
