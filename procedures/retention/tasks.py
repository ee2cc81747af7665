"""What each night deletes."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from procedures.inbox.models import Reading
from procedures.retention.applying import apply_retention

CHUNK = 5_000


@shared_task(name="retention.apply")
def apply() -> None:
    """Apply the rules of time to requests, then to the list of who opened them."""
    apply_retention()
    purge_readings()


def purge_readings() -> int:
    """Delete what is older than ``READING_DAYS``; return how many rows."""
    old, deleted = timezone.now() - timedelta(days=settings.READING_DAYS), 0
    while ids := list(Reading.objects.filter(at__lt=old).order_by("at").values_list("pk", flat=True)[:CHUNK]):
        deleted += Reading.objects.filter(pk__in=ids).delete()[0]
    return deleted
