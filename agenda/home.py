"""The home page's section of the agenda."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agenda.cards import Card, card_of
from agenda.happenings import Happening, from_rows, joined, timings
from agenda.models import EventIndexPage
from agenda.models.timing import midnight
from agenda.wording import today
from cms.pages import site
from cms.pages.offers import HomeSection, Visit

EVENTS_SHOWN = 3
ROWS_READ = 30
"""An event with many dates is shown once: rows enough to find the others."""


class NextEvents(HomeSection):
    """The next events, each once; read again when one is over, when the day ends, when a page changes."""

    slug = "agenda"
    label = _("Next events")
    template = "pages/home/agenda.html"

    def context(self, visit: Visit) -> dict[str, Any] | None:
        """The cards of the next events in the visitor's language, and where the others are."""
        agenda = site.current().first_of(EventIndexPage._meta.label_lower, visit.language)
        if agenda is None or agenda.restricted:
            return None
        now = timezone.now()
        kept: dict[str, Any] = site.shared(f"home-agenda-{visit.language}", dict)
        if not kept or now >= kept["until"]:
            events, until = next_events(visit.language, now)
            kept.update(events=events, until=until)
        return {"events": kept["events"], "all_url": agenda.url} if kept["events"] else None


def next_events(language: str, now: datetime) -> tuple[list[Card], datetime]:
    """Cards of the next events, and until when they stay right; one query."""
    day = today(now)
    rows = from_rows(joined(timings(language=language, start=now, stop=None))[:ROWS_READ], language)
    shown: dict[int | None, Happening] = {}
    for row in rows:
        if row.url and not row.cancelled:
            shown.setdefault(row.event_id, row)
    chosen = list(shown.values())[:EVENTS_SHOWN]
    cards = [card_of(row, row.listed_on(day), now, with_day=True) for row in chosen]
    return cards, min([midnight(day + timedelta(days=1)), *(row.end for row in chosen)])
