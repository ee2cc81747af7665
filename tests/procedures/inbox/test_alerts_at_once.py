"""Several workers give the reminders of one morning: nobody is told twice, and nobody is forgotten."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier, Lock

import pytest
import time_machine
from django.db import connections

from procedures.inbox.models import Alert, Event, OutboxMessage
from procedures.inbox.sealing import all_breaks
from procedures.inbox.services import alerts
from procedures.inbox.services.handling import take
from tests.factories.inbox import make_agent, make_procedure, make_request

WORKERS, REQUESTS = 3, 6
ON_THE_DAY = datetime(2026, 11, 28, 6, 35, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_tell_everybody_of_everything_once(monkeypatch):
    procedure = make_procedure(silence_effect="acceptance", announced_delay_days=14)
    agents = [make_agent(procedure.department) for _ in range(2)]
    head = make_agent(procedure.department, role="head")
    requests = [make_request(procedure) for _ in range(REQUESTS)]
    for number, request in enumerate(requests):
        take(request, agent=agents[number % 2])
    record, first, together = alerts.record, Lock(), Barrier(WORKERS)

    def record_slowly(*args, **options):
        """One of them dawdles with a row in its hands; the others come to it meanwhile."""
        if first.acquire(blocking=False):
            time.sleep(0.3)
        return record(*args, **options)

    def work(_number: int) -> int:
        together.wait(30)
        try:
            return alerts.give_alerts()
        finally:
            connections.close_all()

    monkeypatch.setattr(alerts, "record", record_slowly)
    with time_machine.travel(ON_THE_DAY, tick=False), ThreadPoolExecutor(WORKERS) as workers:
        assert sum(workers.map(work, range(WORKERS))) == REQUESTS
    assert Counter(Alert.objects.values_list("kind", flat=True)) == {"reminder": REQUESTS, "escalation": REQUESTS}
    assert Event.objects.filter(kind__in=["alerted", "escalated"]).count() == 2 * REQUESTS
    told = OutboxMessage.objects.filter(kind=alerts.DIGEST).values_list("recipient", "payload")
    assert sorted((who, len(payload["alert_ids"])) for who, payload in told) == sorted(
        [(agents[0].email, REQUESTS // 2), (agents[1].email, REQUESTS // 2), (head.email, REQUESTS)]
    )
    assert {pk for _who, payload in told for pk in payload["alert_ids"]} == set(
        Alert.objects.values_list("pk", flat=True)
    )
    assert not list(all_breaks())
