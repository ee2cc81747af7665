"""Reminders before a date, and word to the head of department when it comes: each given once.

Two steps, either of which may be cut anywhere and run again: a request's reminder is a row
with its event, in one transaction; then each person gets one e-mail a day about all that is
new to them, under a key that only their day can have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.db.models import Q

from cms.accounts.models import User
from procedures.inbox.clock import SilenceEffect
from procedures.inbox.models import Alert, DeskSettings, Event, OutboxMessage, ServiceRequest
from procedures.inbox.models.organising import default_alert_days
from procedures.inbox.querysets import city_today
from procedures.inbox.responsible import Staff
from procedures.inbox.services.posting import post_to_staff
from procedures.inbox.services.writing import SYSTEM, lock, moment, record
from procedures.inbox.transitions import Status

CHUNK = 500
DAYS_BACK = 3
"""Reminders older than that, for whom nobody was there to be told, are told no more."""
DIGEST = "staff_digest"
MOVING = Q(status=Status.WAITING) & ~Q(silence_effect=SilenceEffect.REFUSAL)
"""Waiting for their resident, with dates that move on each day; a refusal by silence has a last day (decision 32)."""
KINDS = {Alert.Kind.REMINDER: Event.Kind.ALERTED, Alert.Kind.ESCALATION: Event.Kind.ESCALATED}


@dataclass(frozen=True)
class Steps:
    """So many days before a date, whom to tell; negative: after it."""

    reminders: tuple[int, ...]
    escalation: int

    @classmethod
    def of(cls, settings: DeskSettings | None) -> Steps:
        """What a department chose; what is no number is passed over."""
        if settings is None:
            return cls(tuple(default_alert_days()), 0)
        return cls(tuple(n for n in settings.alert_days if type(n) is int), settings.escalation_days)

    def due(self, days_left: int) -> Iterator[tuple[Alert.Kind, int]]:
        """What is to be given now: of several reminders that were missed, the last one."""
        reached = [days for days in self.reminders if days_left <= days]
        if reached:
            yield Alert.Kind.REMINDER, min(reached)
        if days_left <= self.escalation:
            yield Alert.Kind.ESCALATION, self.escalation


def give_alerts(*, at: datetime | None = None) -> int:
    """Write down the reminders that are due, then post them; return how many requests had one.

    Dates that move on each day, while the city waits for the resident, are left in peace.
    """
    today, given = city_today(), 0
    steps = {row.department_id: Steps.of(row) for row in DeskSettings.objects.all()}
    usual = Steps.of(None)
    furthest = max(days for one in (usual, *steps.values()) for days in (*one.reminders, one.escalation))
    open_requests = ServiceRequest.objects.open().exclude(MOVING).exclude(department=None)
    near = open_requests.filter(due_key__lte=today + timedelta(days=furthest)).order_by("due_key", "id")
    rows = list(near.values_list("pk", "department_id", "status", "announced_on", "due_on"))
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        known = set(
            Alert.objects.filter(request_id__in=[row[0] for row in chunk]).values_list(
                "request_id", "kind", "due_key", "days"
            )
        )
        for pk, department_id, status, *days in chunk:
            wanted = _wanted(steps.get(department_id, usual), _fixed(status, *days), today)
            if any((pk, *one) not in known for one in wanted):
                given += _give(pk, wanted, moment(at))
    post_digests(today, at=at)
    return given


def _fixed(status: str, announced: date | None, legal: date | None) -> tuple[date | None, ...]:
    """The dates that stay where they are: what was announced stops while the city waits."""
    return (legal,) if status == Status.WAITING else (announced, legal)


def _wanted(steps: Steps, days: Iterable[date | None], today: date) -> list[tuple[str, date, int]]:
    """The reminders due for these dates: kind, date, days."""
    dates = sorted({day for day in days if day is not None})
    return [(kind.value, day, number) for day in dates for kind, number in steps.due((day - today).days)]


@transaction.atomic
def _give(pk: int, wanted: Sequence[tuple[str, date, int]], when: datetime) -> bool:
    """Write down the reminders of one request that it has not had; False where none is left."""
    request = ServiceRequest(pk=pk)
    lock(request)
    waits_without_end = request.status == Status.WAITING and request.silence_effect != SilenceEffect.REFUSAL
    if request.closed_at is not None or waits_without_end:
        return False
    had = set(Alert.objects.filter(request=request).values_list("kind", "due_key", "days"))
    still = [
        one
        for one in wanted
        if one not in had and one[1] in _fixed(request.status, request.announced_on, request.due_on)
    ]
    for kind, day, days in still:
        Alert.objects.create(request=request, kind=kind, due_key=day, days=days, at=when)
        record(request, KINDS[Alert.Kind(kind)], SYSTEM, when, visible=False, day=day, days=days)
    return bool(still)


def post_digests(today: date, *, at: datetime | None = None) -> int:
    """Post to each person, once a day, the reminders they were not told of; return to how many."""
    since = moment(at) - timedelta(days=DAYS_BACK)
    alerts = list(
        Alert.objects.filter(at__gte=since, request__closed_at=None).select_related("request").order_by("due_key", "id")
    )
    told = _already_told(since)
    news: dict[User, list[Alert]] = {}
    staff = Staff()
    for alert in alerts:
        for user in staff.to_tell(alert.request, heads=alert.kind == Alert.Kind.ESCALATION):
            if alert.pk not in told.get(user.email, ()):
                news.setdefault(user, []).append(alert)
    return sum(_post(user, about, today) for user, about in news.items())


def _already_told(since: datetime) -> dict[str, set[int]]:
    told: dict[str, set[int]] = {}
    sent = OutboxMessage.objects.filter(kind=DIGEST, created_at__gte=since)
    for recipient, payload in sent.values_list("recipient", "payload"):
        told.setdefault(recipient, set()).update(payload["alert_ids"])
    return told


def _post(user: User, alerts: Sequence[Alert], today: date) -> bool:
    """One e-mail; it hangs on the most urgent request, since every message belongs to one."""
    payload: dict[str, Any] = {"alert_ids": [alert.pk for alert in alerts], "user_id": user.pk}
    key = uuid5(NAMESPACE_URL, f"parvis-digest-{user.pk}-{today.isoformat()}")
    return post_to_staff(alerts[0].request, user, DIGEST, key=key, **payload) is not None
