"""What the worker does for GeoReport."""

from __future__ import annotations

from celery import shared_task

from procedures.open311.publishing import publish_reports


@shared_task(name="open311.publish_reports")
def publish(days: int = 2) -> None:
    """List what came by other ways: of the last days each minute, of all that is listed each night."""
    publish_reports(days)
