"""A list of entries, filtered by what the address says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from directory.cards import Card
from directory.shared import cards, with_closures

PER_PAGE = 24
TEXT_MAX = 100


@dataclass(frozen=True)
class Filters:
    """What a visitor asked for; what makes no sense is left out."""

    text: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Names of fields and the values kept: ``(("kind", "school"),)``."""

    @classmethod
    def read(cls, model: Any, names: tuple[str, ...], asked: QueryDict) -> Filters:
        """Read the query string."""
        kept = []
        for name in names:
            value = asked.get(name, "")
            if value in dict(model._meta.get_field(name).choices):
                kept.append((name, value))
        text = " ".join(asked.get("q", "").replace("\x00", " ").split())[:TEXT_MAX]
        return cls(text, tuple(kept))

    @property
    def query(self) -> str:
        """The same as a query string, for links to other slices; ends with ``&``."""
        asked = [*self.choices, *([("q", self.text)] if self.text else [])]
        return f"{urlencode(asked)}&" if asked else ""

    def apply(self, model: Any, language: str) -> QuerySet[Any]:
        """Source rows that match, by their own words or those of their translation."""
        entries = model.objects.source().filter(**dict(self.choices))
        if not self.text:
            return entries
        found = Q(pk__in=model.objects.source().with_words(self.text).values("pk"))
        if language != settings.LANGUAGE_CODE:
            translated = model.objects.in_language(language).with_words(self.text)
            found |= Q(translation_key__in=translated.values("translation_key"))
        return entries.filter(found)


@dataclass(frozen=True)
class Listing:
    """One slice of a list, as the template wants it."""

    filters: Filters
    slice: Slice[Any]
    cards: list[Card]


def listing(model: Any, names: tuple[str, ...], asked: QueryDict, language: str) -> Listing:
    """Filter the source rows and make the cards of one slice."""
    filters = Filters.read(model, names, asked)
    found = with_closures(filters.apply(model, language))
    shown = Paginator(found, PER_PAGE).get_page(asked.get("page"))
    return Listing(filters, shown, cards(shown.object_list, language))
