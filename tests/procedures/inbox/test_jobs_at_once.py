"""Two windows and several workers on one piece of work: it is done once, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from procedures.inbox.jobs import running, services
from procedures.inbox.jobs.models import Job
from procedures.inbox.models import Note, ServiceRequest
from procedures.inbox.sealing import all_breaks
from tests.factories.inbox import make_agent, make_request
from tests.factories.procedures import make_procedure

REQUESTS = 5


@pytest.fixture
def job(transactional_db) -> Job:
    """A note to put on five requests, foretold."""
    procedure = make_procedure(silence_effect="none", announced_delay_days=14)
    agent = make_agent(procedure.department, is_superuser=True)
    for _ in range(REQUESTS):
        make_request(procedure)
    made = services.prepare(agent, "note", ServiceRequest.objects.values_list("pk", flat=True))
    services.foretell(made, agent, {"text": "Vu."}, {"text": "Vu."})
    return made


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each says, all let go at the same moment."""
    gate = Barrier(len(acts))

    def act(what: Callable[[], Any]) -> Any:
        gate.wait(30)
        try:
            return what()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as windows:
        return list(windows.map(act, acts))


def start(job: Job) -> bool:
    return services.start(Job.objects.get(pk=job.pk), seen=job.preview["seal"])


def test_start_pressed_in_two_windows_and_taken_by_two_workers_is_done_once(job, monkeypatch):
    assert sorted(together(*[lambda: start(job)] * 3)) == [False, False, True]
    monkeypatch.setattr(running, "chunk_size", lambda: 2)
    together(*[lambda: running.run(job.pk)] * 3)
    assert Note.objects.count() == REQUESTS
    job.refresh_from_db()
    assert (job.state, job.position, job.changed, job.attempts) == ("done", REQUESTS, REQUESTS, 1)
    assert not list(all_breaks())


def test_start_and_stop_at_the_same_moment_do_nothing(job):
    together(lambda: start(job), lambda: services.cancel(Job.objects.get(pk=job.pk)))
    together(*[lambda: running.run(job.pk)] * 2)
    job.refresh_from_db()
    assert (job.state, job.changed, Note.objects.count()) == ("cancelled", 0, 0)
