"""A list of entries, filtered by what the address says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from anyascii import anyascii
from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from directory.cards import Card
from directory.shared import cards, with_closures

PER_PAGE = 24
TEXT_MAX = 100
FOUND_MAX = 1000  # a search that finds more is answered with the first ones


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

    def apply(self, model: Any) -> QuerySet[Any]:
        """Source rows that match; words are looked up in every language, whatever the accents."""
        entries = model.objects.source().filter(**dict(self.choices))
        if not self.text:
            return entries
        keys = {row.translation_key for row in model.objects.autocomplete(anyascii(self.text))[:FOUND_MAX]}
        return entries.filter(translation_key__in=keys)


@dataclass(frozen=True)
class Listing:
    """One slice of a list, as the template wants it."""

    filters: Filters
    slice: Slice[Any]
    cards: list[Card]


def listing(model: Any, names: tuple[str, ...], asked: QueryDict, language: str) -> Listing:
    """Filter the source rows and make the cards of one slice."""
    filters = Filters.read(model, names, asked)
    found = with_closures(filters.apply(model))
    shown = Paginator(found, PER_PAGE).get_page(asked.get("page"))
    return Listing(filters, shown, cards(shown.object_list, language))
