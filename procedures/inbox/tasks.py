"""What the worker does for the inbox; every task reads rows and may run twice."""

from __future__ import annotations

from celery import shared_task

from procedures.inbox.delivery import deliver_soon, sweep
from procedures.inbox.services import alerts, clocks
from procedures.inbox.services.sensitive import purge_sensitive_files


@shared_task(name="inbox.deliver_message")
def deliver_message(pk: int) -> None:
    """Send a message just written."""
    deliver_soon(pk)


@shared_task(name="inbox.sweep_outbox")
def sweep_outbox() -> None:
    """Send what is due and was not sent: the queue was down, the server refused, a worker died."""
    sweep()


@shared_task(name="inbox.move_waiting_clocks")
def move_waiting_clocks() -> None:
    """Push, each night, the dates of requests that wait for their resident."""
    clocks.move_waiting_clocks()


@shared_task(name="inbox.give_alerts")
def give_alerts() -> None:
    """Remind of dates that come near; what was given already is not given again."""
    alerts.give_alerts()


@shared_task(name="inbox.purge_sensitive_files")
def purge_sensitive() -> None:
    """Delete copies of identity documents whose requests have their answer."""
    purge_sensitive_files()
