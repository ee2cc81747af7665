"""The legal date of a request, from what its rows say; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from procedures.inbox import clock
from procedures.inbox.clock import SilenceEffect
from procedures.inbox.models import CompletionRequest, Event, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE, city_today
from procedures.inbox.transitions import Status

DECISIONS = (Event.Kind.ACCEPTED, Event.Kind.REFUSED, Event.Kind.TRANSFERRED)


@dataclass(frozen=True)
class ImplicitDecision:
    """What the town's silence was worth, and from which day."""

    effect: SilenceEffect
    day: date

    @property
    def accepts(self) -> bool:
        """Whether the request is deemed accepted; else it is deemed refused."""
        return self.effect is SilenceEffect.ACCEPTANCE


def implicit_decision_of(request: ServiceRequest, today: date | None = None) -> ImplicitDecision | None:
    """The decision that silence has made and nobody has replaced; None where there is none."""
    if request.is_decided or request.due_on is None:
        return None
    today, due = today or city_today(), request.due_on
    if request.status == Status.WAITING:  # the row may say what the date was last night
        due = legal_date(request, waits_of(request), today) or due
    if not clock.is_deemed_decided(due, answered=None, today=today):
        return None
    return ImplicitDecision(SilenceEffect(request.silence_effect), due)


def legal_date(request: ServiceRequest, waits: list[clock.Wait], today: date) -> date | None:
    """The day on which silence takes effect; once the town has decided, it has no more effect."""
    if request.reopened_on is not None and was_decided(request):
        return None
    return clock.due_on(request.rule, request.received_on, waits, today=today, competent=request.competent_on)


def waits_of(request: ServiceRequest) -> list[clock.Wait]:
    """The times when the city waited for the resident."""
    return [
        clock.Wait(clock.Lack(completion.reason), since, _end_of(completion, since, request), completion.by)
        for completion in request.tied("completion_requests")
        for since in [clock.city_day(completion.asked_at, CITY_ZONE)]
    ]


def was_decided(request: ServiceRequest) -> bool:
    """Whether the request was accepted, refused or passed on before, whatever became of it since."""
    return request.events.filter(kind__in=DECISIONS).exists()


def _end_of(completion: CompletionRequest, since: date, request: ServiceRequest) -> date | None:
    """The day of the answer; what was still awaited when the request was closed is not, once it is reopened."""
    if completion.answered_at:
        return clock.city_day(completion.answered_at, CITY_ZONE)
    return request.reopened_on if request.reopened_on and since <= request.reopened_on else None
