"""What the worker does for figures; every task may run twice."""

from __future__ import annotations

from collections import deque
from datetime import timedelta

from celery import shared_task

from procedures.inbox.querysets import city_today
from procedures.statistics import services

NIGHTLY_DAYS = 40


@shared_task(name="statistics.count_changes")
def count_changes() -> None:
    """Bring figures up to the minute."""
    services.count_changes()


@shared_task(name="statistics.count_again")
def count_again() -> None:
    """Each night, count the last weeks anew, whatever the log said: a figure is never wrong for long."""
    first = city_today() - timedelta(days=NIGHTLY_DAYS)
    deque(services.count_all(first.replace(day=1)), maxlen=0)
