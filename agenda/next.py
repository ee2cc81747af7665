"""The next events, each once: for the home page and beside guides."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone

from agenda.cards import Card, card_of
from agenda.clock import midnight
from agenda.happenings import Happening, from_rows
from agenda.wording import today
from cms.pages import site

EVENTS_SHOWN = 3
ROWS_READ = 30
"""An event with many dates is shown once: rows enough to find the others."""


def next_events(language: str, audience: str = "") -> list[Card]:
    """Cards of the next events; read again when one is over, when the day ends, when a page changes."""
    now = timezone.now()
    kept: dict[str, Any] = site.shared(f"next-events-{language}-{audience}", dict)
    if not kept or now >= kept["until"]:
        events, until = _read(language, audience, now)
        kept.update(events=events, until=until)
    return kept["events"]


def _read(language: str, audience: str, now: datetime) -> tuple[list[Card], datetime]:
    """The cards, and until when they stay right; one query."""
    day = today(now)
    # By name: blocks are made while models are still loading.
    found = apps.get_model("agenda", "EventTiming").objects.listed(language=language, start=now, stop=None)
    rows = (found.filter(event__audience=audience) if audience else found).with_event()[:ROWS_READ]
    shown: dict[int | None, Happening] = {}
    for row in from_rows(rows, language):
        if row.url and not row.cancelled:
            shown.setdefault(row.event_id, row)
    chosen = list(shown.values())[:EVENTS_SHOWN]
    cards = [card_of(row, row.listed_on(day), now, with_day=True) for row in chosen]
    return cards, min([midnight(day + timedelta(days=1)), *(row.end for row in chosen)])
