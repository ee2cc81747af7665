"""Dates of events as plain values: what lists, calendars and feeds are made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings

from agenda.clock import TOWN_TIME
from agenda.places import PlaceCard, place_card
from agenda.querysets import OF_EVENT, OF_TIMING
from agenda.terms import ACCESS_LABELS, EventStatus
from cms.pages import site
from cms.pages.translations import faithfulness


@dataclass(frozen=True, slots=True)
class Happening:
    """One date of a live event. Instants are aware, in UTC, the end excluded."""

    event_id: int | None
    key: UUID
    day: date
    start_time: time | None
    last_day: date | None
    end_time: time | None
    begin: datetime
    end: datetime
    title: str
    summary: str
    status: str
    place_id: int | None
    place_text: str
    online_url: str
    is_free: bool
    price: str
    audience: str
    organiser: str
    access_note: str
    translation_key: UUID
    first_published_at: datetime | None
    last_published_at: datetime | None
    access_hi: bool
    access_vi: bool
    access_pi: bool
    access_mi: bool
    access_ii: bool
    language: str
    url: str
    place: PlaceCard | None

    @property
    def cancelled(self) -> bool:
        """It does not happen at all."""
        return self.status == EventStatus.CANCELLED

    @property
    def where(self) -> str:
        """The place in one line: the directory's name, then the editor's words."""
        return ", ".join(part for part in (self.place.name if self.place else "", self.place_text) if part)

    @property
    def words_lang(self) -> str:
        """The source language where the title is not translated yet; else empty."""
        untranslated = faithfulness(self.translation_key, self.language).untranslated
        return settings.LANGUAGE_CODE if "title" in untranslated else ""

    @property
    def place_lang(self) -> str:
        """Language of the place's name where it is not the event's; else empty."""
        return self.place.language if self.place and self.place.language != self.language else ""

    @property
    def access_labels(self) -> list[str]:
        """For people with which impairment it is made accessible."""
        return [str(label) for name, label in ACCESS_LABELS.items() if getattr(self, name)]

    def listed_on(self, first: date) -> date:
        """The day under which a list that starts on ``first`` shows it: what runs is there first."""
        return max(self.begin.astimezone(TOWN_TIME).date(), first)


def from_rows(rows: Iterable[dict[str, Any]], language: str) -> list[Happening]:
    """Make happenings of ``with_event`` rows; no query once places are known."""
    url = site.current().url
    return [
        Happening(
            **row,
            language=language,
            url=url(row["event_id"]) or "",
            place=place_card(row["place_id"], language),
        )
        for row in rows
    ]


def from_page(page: Any, language: str) -> list[Happening]:
    """The dates of one event page, as it stands: saved, or previewed."""
    shared = {name: getattr(page, name) for name in OF_EVENT}
    shared |= {"language": language, "url": site.current().url(page.pk) or ""}
    shared |= {"place": place_card(page.place_id, language)}
    return [Happening(**shared, **{name: getattr(timing, name) for name in OF_TIMING}) for timing in page.timings.all()]
