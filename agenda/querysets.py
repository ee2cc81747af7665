"""Reads of dates of events."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F

from agenda.terms import ACCESS_LABELS
from cms.pages import site

OF_EVENT = (
    "title",
    "summary",
    "status",
    "place_id",
    "place_text",
    "online_url",
    "is_free",
    "price",
    "audience",
    "organiser",
    "access_note",
    "translation_key",
    "first_published_at",
    "last_published_at",
    *ACCESS_LABELS,
)
OF_TIMING = ("key", "event_id", "day", "start_time", "last_day", "end_time", "begin", "end")


class TimingQuerySet(models.QuerySet[Any]):
    """Dates of events."""

    def listed(self, *, language: str, start: datetime, stop: datetime | None, below: str = "") -> Self:
        """Those of live, public events in a language between two instants, the earliest first.

        Args:
            below: tree path of the agenda they belong to; empty for every agenda.
        """
        found = self.filter(event__live=True, end__gt=start, event__locale__language_code=language)
        if stop is not None:
            found = found.filter(begin__lt=stop)
        if below:
            found = found.filter(event__path__startswith=below)
        closed = site.shared("agenda-closed", _closed_events)
        if closed:
            found = found.exclude(event_id__in=closed)
        return found.order_by("begin", "event_id", "id")

    def with_event(self) -> models.QuerySet[Any]:
        """Dictionaries with what lists need of the event, no models."""
        return self.values(*OF_TIMING, **{name: F(f"event__{name}") for name in OF_EVENT})


def _closed_events() -> frozenset[int]:
    """Events that only some may read: in no public list."""
    model = "agenda.eventpage"
    return frozenset(ref.id for ref in site.current().pages.values() if ref.restricted and ref.model == model)
