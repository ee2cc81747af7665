"""Background work waits for the commit, and a broker that is down breaks no page."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import TestCase
from django_tasks import task
from kombu.exceptions import OperationalError

from cms import background

pytestmark = pytest.mark.django_db
done: list[str] = []


@task()
def remember(word: str) -> None:
    done.append(word)


@pytest.fixture
def backend():
    done.clear()
    return background.CeleryBackend("default", {})


def test_a_task_runs_after_the_commit_and_not_before(backend):
    with TestCase.captureOnCommitCallbacks(execute=True):
        backend.enqueue(remember, ["index"], {})
        assert done == []
    assert done == ["index"]


def test_a_task_of_what_was_rolled_back_never_runs(backend):
    with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
        backend.enqueue(remember, ["index"], {})
        transaction.set_rollback(True)
    assert done == []


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_breaks_no_page(backend, monkeypatch):
    def down(*_args, **_kwargs):
        raise OperationalError("nobody listens")

    monkeypatch.setattr(background.run_background_task, "delay", down)
    with transaction.atomic():
        backend.enqueue(remember, ["index"], {})
    assert done == []
