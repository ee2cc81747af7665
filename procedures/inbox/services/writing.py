"""What every service does: lock, check, move the clock, record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cms.accounts.models import User
from procedures.inbox import clock
from procedures.inbox.closings import working_days_of
from procedures.inbox.dates import legal_date, waits_of
from procedures.inbox.errors import AlreadyDecided, NotPossibleNow, NotYours
from procedures.inbox.models import AnnouncedUnit, Event, ServiceRequest
from procedures.inbox.services.batches import answers_for, batch_of, keep, open_batch, put
from procedures.inbox.transitions import DECIDED, TRANSITIONS, Action, Status


@dataclass(frozen=True)
class Author:
    """Who does something: an agent, the resident, or Parvis itself."""

    kind: Event.Actor
    user: User | None = None

    @property
    def name(self) -> str:
        """The name that the log seals; residents are named by their request alone."""
        return str(self.user) if self.user else ""


RESIDENT = Author(Event.Actor.RESIDENT)
SYSTEM = Author(Event.Actor.SYSTEM)


def by_agent(user: User) -> Author:
    """An agent, as the author of an event."""
    return Author(Event.Actor.AGENT, user)


def lock(request: ServiceRequest) -> None:
    """Lock the row and read it again: what the caller holds may be old; a batch did so for all of its rows."""
    if batch_of(request) is None:
        request.refresh_from_db(from_queryset=ServiceRequest.objects.select_for_update())


def taken_along(request: ServiceRequest) -> ServiceRequest:
    """A request that is changed because of another: locked, and in the batch that is open, which keeps one of each."""
    batch = open_batch()
    if batch is not None:
        return batch.adopt(request)
    lock(request)
    return request


def begin(request: ServiceRequest, action: Action, *, agent: User | None = None) -> Status:
    """Lock ``request`` and tell where ``action`` leads.

    Raises:
        NotYours: ``agent`` does not work for the request's department.
        AlreadyDecided, NotPossibleNow: its status forbids the action.
    """
    lock(request)
    if agent is not None and not answers_for(agent, request):
        raise NotYours
    status = Status(request.status)
    if status not in TRANSITIONS[action]:
        raise AlreadyDecided if status in DECIDED else NotPossibleNow
    return TRANSITIONS[action][status]


def moment(at: datetime | None) -> datetime:
    """``at``, or now."""
    return at or timezone.now()


def move_clock(request: ServiceRequest, today: date) -> None:
    """Compute the request's dates anew from its completion requests; the caller saves."""
    set_dates(request, waits_of(request), today)


def set_dates(request: ServiceRequest, waits: list[clock.Wait], today: date) -> None:
    """Set legal date, announced date and sorting key; the caller saves.

    A request reopened after it was closed without a decision keeps its legal date; once
    decided, silence has no more effect. What was announced starts anew (decision 24).
    """
    begins = request.reopened_on or request.received_on
    request.due_on = legal_date(request, waits, today)
    working = (
        working_days_of(request.department_id, today)
        if request.announced_delay_unit == AnnouncedUnit.WORKING_DAYS
        else None
    )
    since = [wait for wait in waits if (wait.until or today) >= begins]
    request.announced_on = clock.announced_on(begins, request.announced_delay_days, since, today=today, working=working)
    request.due_key = clock.due_key(request.due_on, request.announced_on)


def record(
    request: ServiceRequest,
    kind: Event.Kind,
    author: Author,
    at: datetime,
    *,
    visible: bool = True,
    **data: Any,
) -> Event:
    """Add an event to the chain and save what changed on the request, whose row is locked.

    ``data`` is JSON; dates become ISO strings.
    """
    event = Event(
        request=request,
        seq=request.log_length + 1,
        kind=kind,
        at=at,
        actor_kind=author.kind,
        actor_name=author.name,
        actor=author.user,
        data={key: value.isoformat() if isinstance(value, date) else value for key, value in data.items()},
        visible_to_resident=visible,
        previous_hash=request.log_head,
    )
    event.hash = event.seal()
    put(request, event)
    request.log_length, request.log_head = event.seq, event.hash
    keep(request)
    return event


def dates_of(request: ServiceRequest) -> dict[str, Any]:
    """The request's dates, for the data of an event or a message."""
    return {"due_on": request.due_on, "announced_on": request.announced_on}
