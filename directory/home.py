"""The directory's section of the home page: what is open today."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from cms.pages.offers import HomeSection, Visit
from directory.cards import Card
from directory.hours.pieces import Verdict, verdict
from directory.models import Place
from directory.opening import range_words
from directory.shared import home_places

SHOWN = 6


class Today(HomeSection):
    """The date, today's markets, and the state of the places chosen."""

    slug = "today"
    label = _("Today")
    template = "pages/home/today.html"

    def context(self, visit: Visit) -> dict[str, Any] | None:
        """``date``, ``markets`` (name, hours, url) and ``places`` (name, url, state)."""
        cards = home_places(visit.language)
        if not cards:
            return None
        now = timezone.localtime()
        places = [card for card in cards if card.entry.kind != Place.Kind.MARKET]
        # Translators: Django date format, « samedi 21 novembre ».
        today = date_format(now, pgettext("format of a date with its day, without the year", "l j F"))
        return {
            "date": today,
            "markets": [market for card in cards if (market := self._market(card, now))],
            "places": [{"name": card.name, "url": card.url, "state": card.state_shown()} for card in places[:SHOWN]],
        }

    def _market(self, card: Card, now: Any) -> dict[str, Any] | None:
        """A market that is held today, with its hours."""
        ranges = card.schedule.by_day[now.isoweekday()]
        if card.entry.kind != Place.Kind.MARKET or not ranges:
            return None
        if verdict(card.schedule, now.date()) is not Verdict.ORDINARY:
            return None
        return {"name": card.name, "url": card.url, "hours": ", ".join(range_words(r) for r in ranges)}
