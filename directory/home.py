"""The directory's section of the home page: what is open today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cms.pages.offers import HomeSection, Visit
from directory.cards import Card
from directory.hours.pieces import Verdict, verdict
from directory.models import Place
from directory.opening import hours_words
from directory.shared import directory_url, home_places

SHOWN = 6


class Today(HomeSection):
    """The date, today's markets, and the state of the places chosen."""

    slug = "today"
    label = _("Today")
    template = "pages/home/today.html"

    def context(self, visit: Visit) -> dict[str, Any] | None:
        """``date``, ``note`` (today's markets), ``places`` (name, url, kind, text), ``all_url``."""
        cards = home_places(visit.language)
        if not cards:
            return None
        now = timezone.localtime()
        places = [card for card in cards if card.entry.kind != Place.Kind.MARKET][:SHOWN]
        return {
            "date": now.date(),
            "note": format_html_join(" · ", "{}, {}", self._markets(cards, now)),
            "places": [{"name": card.name.html, "url": card.url, **card.state_shown()} for card in places],
            "all_url": directory_url(visit.language),
        }

    def _markets(self, cards: list[Card], now: datetime) -> Iterator[tuple[SafeString, str]]:
        """Names and hours of the markets that are held today."""
        for card in cards:
            ranges = card.schedule.by_day[now.isoweekday()]
            is_on = verdict(card.schedule, now.date()) is Verdict.ORDINARY
            if card.entry.kind == Place.Kind.MARKET and ranges and is_on:
                yield card.name.html, hours_words(ranges)
