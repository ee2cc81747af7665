"""Events for tests, through the tree of pages."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import factory
import wagtail_factories

from agenda.models import EventIndexPage, EventPage, EventTiming


class EventIndexPageFactory(wagtail_factories.PageFactory):
    """An agenda; give ``parent``."""

    title = "Agenda"
    slug = factory.Sequence(lambda number: f"agenda-{number}")

    class Meta:
        model = EventIndexPage


class EventPageFactory(wagtail_factories.PageFactory):
    """A free concert; give ``parent`` and its ``timings``."""

    title = factory.Sequence(lambda number: f"Concert {number}")
    summary = "Un concert au bord de l’eau."
    is_free = True

    class Meta:
        model = EventPage


def at(day: date, start: time | None = None, end: time | None = None, last_day: date | None = None) -> dict[str, Any]:
    """The fields of a timing."""
    return {"day": day, "start_time": start, "end_time": end, "last_day": last_day}


def make_event(parent: EventIndexPage, *dates: dict[str, Any] | date, **fields: Any) -> EventPage:
    """A live event with these dates: ``date(2026, 11, 21)`` or ``at(…)``."""
    page = EventPageFactory(
        parent=parent,
        timings=[EventTiming(**(when if isinstance(when, dict) else {"day": when})) for when in dates],
        **fields,
    )
    page.save_revision().publish()
    page.refresh_from_db()
    return page
