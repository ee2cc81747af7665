"""An entry as a visitor sees it: facts of the source row, words of the translation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cms.pages.facts import dialled
from directory.hours import Closure, Schedule, State, state_at
from directory.opening import schedule_of, state_words


@dataclass(frozen=True)
class Words:
    """A text and, where it is not in the language of the page, its own language."""

    text: str
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def html(self) -> SafeString:
        """The text, escaped, with its language marked."""
        if self.language and self.text:
            return format_html('<span lang="{}" dir="auto">{}</span>', self.language, self.text)
        return conditional_escape(self.text)


@dataclass(frozen=True)
class Phone:
    """A number as shown and as dialled."""

    shown: str
    href: str


class Card:
    """A department, a place or an organisation in one language.

    Made once and shared between requests: it reads nothing from the database afterwards.
    """

    def __init__(self, entry: Any, url: str, language: str, translation: Any | None = None) -> None:
        self.entry, self.url, self.language, self.translation = entry, url, language, translation
        self.id = entry.pk
        self.phones = [Phone(number, dialled(number)) for number in entry.phones]
        self.address = entry.address_lines

    @property
    def address_html(self) -> SafeString:
        """The address, one line under the other."""
        return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in self.address))

    def words(self, field: str) -> Words:
        """A field's text: translated, else the source's with its language."""
        source = getattr(self.entry, field, "")
        if self.language == settings.LANGUAGE_CODE:
            return Words(source)
        return self._in_language(source, getattr(self.translation, field, "") if self.translation else "")

    def _in_language(self, source: str, translated: str) -> Words:
        """A translation that repeats the source has not been written yet."""
        return Words(translated) if translated and translated != source else Words(source, settings.LANGUAGE_CODE)

    @cached_property
    def name(self) -> Words:
        """Its name."""
        return self.words("name")

    @cached_property
    def summary(self) -> Words:
        """One sentence."""
        return self.words("summary")

    @cached_property
    def desk(self) -> Words:
        """How to come."""
        return self.words("desk")

    @cached_property
    def accessibility(self) -> Words:
        """Lifts, ramps, loops."""
        return self.words("accessibility")

    @cached_property
    def hours_note(self) -> Words:
        """A remark on the opening hours."""
        return self.words("hours_note")

    @cached_property
    def schedule(self) -> Schedule:
        """When it is open; reasons and conditions as HTML that marks those not translated."""
        schedule = schedule_of(self.entry)
        if self.language == settings.LANGUAGE_CODE:
            return schedule
        translated = self.translation.closures.all() if self.translation else ()
        said = {row.translation_key: row.reason for row in translated}
        closures = tuple(
            Closure(row.first_day, row.last_day, self._in_language(row.reason, said.get(row.translation_key, "")).html)
            for row in self.entry.closures.all()
        )
        ranges = tuple(replace(r, note=self._in_language(r.note, "").html) for r in schedule.ranges)
        return replace(schedule, ranges=ranges, closures=closures)

    def state(self, now: datetime | None = None) -> State:
        """Its state, now unless a moment is given."""
        return state_at(self.schedule, now or timezone.now())

    def state_shown(self) -> dict[str, str]:
        """What components/state.html wants."""
        now = timezone.now()
        state = self.state(now)
        return {"kind": state.kind.value, "text": state_words(state, now)}
