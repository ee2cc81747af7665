"""What the worker does for long work; every task reads rows and may run twice."""

from __future__ import annotations

from functools import partial

from celery import shared_task
from django.db import transaction

from procedures.inbox.jobs import running, services


@shared_task(name="inbox_jobs.run")
def run_job(pk: int) -> None:
    """Go on with a piece of work; what has had its turn goes to the end of the queue."""
    if running.run(pk):
        run_job.apply_async([pk], retry=False)


def hurry(pk: int) -> None:
    """Have it begin at once; where the queue does not answer, the sweep finds the row."""
    transaction.on_commit(partial(run_job.apply_async, [pk], retry=False), robust=True)


@shared_task(name="inbox_jobs.sweep")
def sweep_jobs() -> None:
    """Take up what the queue lost, or a worker that died left behind."""
    for pk in running.due_jobs():
        run_job.apply_async([pk], retry=False)


@shared_task(name="inbox_jobs.purge")
def purge_jobs() -> None:
    """Delete files and rows past their days, and files that a crash left behind."""
    services.purge()
    services.sweep_orphans()
