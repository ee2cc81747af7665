"""Wagtail's background work (search index, reference index), handed to Celery.

The task's dotted path and arguments travel; the worker imports and calls it. Work is
enqueued after commit, so a worker never reads a row that is not there yet.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from celery import shared_task
from django.core.management import call_command
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import normalize_json


@shared_task(name="cms.run_background_task", autoretry_for=(Exception,), retry_backoff=True, max_retries=5)
def run_background_task(module_path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Import the task named by ``module_path`` and call it."""
    import_string(module_path).call(*args, **kwargs)


@shared_task(name="cms.update_search_index")
def update_search_index() -> None:
    """Read every page into the search index again: what a broken-off task missed is mended."""
    call_command("update_index", verbosity=0)


@shared_task(name="cms.publish_scheduled")
def publish_scheduled() -> None:
    """Publish and take down what editors gave a date to."""
    call_command("publish_scheduled", verbosity=0)


class CeleryBackend(BaseTaskBackend):
    """A ``django_tasks`` back end over Celery; results are not kept."""

    supports_get_result = False

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        """Queue ``task`` once the running transaction commits."""
        self.validate_task(task)
        args, kwargs = normalize_json(list(args)), normalize_json(dict(kwargs))
        # Robust: a broker that is down must not turn a saved page into an error. What the index
        # missed then is found by the nightly ``update_index``.
        transaction.on_commit(lambda: run_background_task.delay(task.module_path, args, kwargs), robust=True)
        return TaskResult(
            task=task,
            id=uuid4().hex,
            status=TaskResultStatus.READY,
            enqueued_at=datetime.now(UTC),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
