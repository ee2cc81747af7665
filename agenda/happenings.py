"""Dates of events as plain values: what lists, calendars and feeds are made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F

from agenda.models.timing import TOWN_TIME, EventTiming
from agenda.places import PlaceCard, place_card
from agenda.terms import ACCESS_LABELS, EventStatus
from cms.pages import site
from cms.pages.translations import faithfulness

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


def timings(*, language: str, start: datetime, stop: datetime | None, below: str = "") -> models.QuerySet[Any]:
    """Timings of live, public events in a language between two instants, the earliest first.

    Args:
        below: tree path of the agenda they belong to; empty for every agenda.
    """
    found = EventTiming.objects.filter(event__live=True, end__gt=start, event__locale__language_code=language)
    if stop is not None:
        found = found.filter(begin__lt=stop)
    if below:
        found = found.filter(event__path__startswith=below)
    closed = site.shared("agenda-closed", _closed_events)
    if closed:
        found = found.exclude(event_id__in=closed)
    return found.order_by("begin", "event_id", "id")


def joined(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The timings with what lists need of their event: dictionaries, no models."""
    return rows.values(*OF_TIMING, **{name: F(f"event__{name}") for name in OF_EVENT})


def from_rows(rows: Iterable[dict[str, Any]], language: str) -> list[Happening]:
    """Make happenings of ``joined`` rows; no query once places are known."""
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


def _closed_events() -> frozenset[int]:
    """Events that only some may read: in no public list."""
    model = "agenda.eventpage"
    return frozenset(ref.id for ref in site.current().pages.values() if ref.restricted and ref.model == model)
