"""An event's date as lists show it (components/event_card.html)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import gettext as _

from agenda.clock import TOWN_TIME
from agenda.happenings import Happening
from agenda.terms import Audience, EventStatus
from agenda.wording import day_in_words, hours_on_list

MAX_NOTE = 40


@dataclass(frozen=True, slots=True)
class Card:
    """Words and values, in the language of the page."""

    title: str
    url: str
    start: date | datetime
    when: str
    place: str
    place_lang: str
    """Language of the place's name, where it is not the page's."""
    notes: list[str]
    status: str
    off: bool
    lang: str
    """Language of the words, where they are not translated yet."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the agenda and what it holds."""

    day: date
    label: str
    cards: list[Card]


def card_of(happening: Happening, listed_on: date, now: datetime, *, with_day: bool = False) -> Card:
    """The card of a date under the heading of a day, or anywhere if ``with_day``."""
    hours = hours_on_list(happening, listed_on, now)
    when = ", ".join(part for part in (day_in_words(listed_on, now), hours) if part) if with_day else hours
    begins_then = happening.start_time is not None and listed_on == happening.day
    return Card(
        title=happening.title,
        url=happening.url,
        start=happening.begin.astimezone(TOWN_TIME) if begins_then else listed_on,
        when=when or _("all day"),
        place=_("online") if happening.status == EventStatus.MOVED_ONLINE else happening.where,
        place_lang=happening.place_lang,
        notes=_notes(happening),
        status="" if happening.status == EventStatus.SCHEDULED else str(EventStatus(happening.status).label),
        off=happening.cancelled,
        lang=happening.words_lang,
    )


def _notes(happening: Happening) -> list[str]:
    notes = [_("Free")] if happening.is_free else []
    if happening.audience != Audience.EVERYONE:
        notes.append(str(Audience(happening.audience).label))
    return [*notes, *first_words(happening.access_note)]


def first_words(text: str) -> list[str]:
    """What stands before the first comma, if it is short: “hearing loop”."""
    words = re.split(r"[,;.:]", text, maxsplit=1)[0].strip()
    return [words] if 0 < len(words) <= MAX_NOTE else []


def by_day(happenings: Iterable[Happening], first: date, now: datetime) -> list[Day]:
    """Cards under the days they are listed on; ``first`` is where the list starts."""
    return [
        Day(day, day_in_words(day, now), [card_of(row, day, now) for row in rows])
        for day, rows in groupby(happenings, lambda row: row.listed_on(first))
    ]
