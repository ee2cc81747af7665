"""Departments and places that many pages show, read once per change of the site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from cms.pages import site
from directory.cards import Card, Words
from directory.models.departments import Department, Division
from directory.models.organisations import Organisation
from directory.models.places import Place

SECTIONS: dict[Any, str] = {Department: "services", Place: "lieux", Organisation: "associations-et-commerces"}
PAGE_MODEL = "directory.directorypage"


@dataclass(frozen=True)
class DivisionCard:
    """A division and its departments; the departments of none come under an empty name."""

    name: Words
    departments: tuple[Card, ...]


def directory_url(language: str) -> str:
    """The address of the directory in that language, else in the source language; may be empty."""
    snapshot = site.current()
    ref = snapshot.first_of(PAGE_MODEL, language) or snapshot.first_of(PAGE_MODEL, settings.LANGUAGE_CODE)
    return ref.url if ref else ""


def entry_url(entry: Any, language: str) -> str:
    """The public address of an entry; empty while the directory has no page."""
    base = directory_url(language)
    return f"{base}{SECTIONS[type(entry)]}/{entry.slug}/" if base else ""


def cards(entries: Iterable[Any], language: str) -> list[Card]:
    """Cards of source rows of one kind; translations come in one query, their closures in another."""
    rows = list(entries)
    translations = translations_of(rows, language)
    return [Card(row, entry_url(row, language), language, translations.get(row.translation_key)) for row in rows]


def translations_of(rows: list[Any], language: str) -> dict[UUID, Any]:
    """The rows of that language by translation key; none for the source language."""
    if not rows or language == settings.LANGUAGE_CODE:
        return {}
    keys = [row.translation_key for row in rows]
    found = with_closures(type(rows[0]).objects.in_language(language).filter(translation_key__in=keys))
    return {row.translation_key: row for row in found}


def with_closures(entries: QuerySet[Any]) -> QuerySet[Any]:
    """Read the closures along, for entries that have any."""
    return entries.prefetch_related("closures") if hasattr(entries.model, "closures") else entries


def departments(language: str) -> dict[int, Card]:
    """Every department by the id of its source row, in order of name; no query once read."""

    def build() -> dict[int, Card]:
        return {card.id: card for card in cards(with_closures(Department.objects.source()), language)}

    return site.shared(f"directory-departments-{language}", build)


def divisions(language: str) -> list[DivisionCard]:
    """The divisions with their departments; no query once read."""

    def build() -> list[DivisionCard]:
        rows = [*Division.objects.source()]
        translations = translations_of(rows, language)
        named = {row.pk: _division_name(row, translations.get(row.translation_key), language) for row in rows}
        groups: dict[int | None, list[Card]] = {pk: [] for pk in [*named, None]}
        for card in departments(language).values():
            groups[card.entry.division_id].append(card)
        return [DivisionCard(named.get(pk, Words("")), tuple(found)) for pk, found in groups.items() if found]

    return site.shared(f"directory-divisions-{language}", build)


def _division_name(row: Division, translation: Division | None, language: str) -> Words:
    if language == settings.LANGUAGE_CODE:
        return Words(row.name)
    return Words(translation.name) if translation else Words(row.name, settings.LANGUAGE_CODE)


def home_places(language: str) -> list[Card]:
    """The places chosen for the home page; no query once read."""

    def build() -> list[Card]:
        return cards(with_closures(Place.objects.source().filter(on_home=True)), language)

    return site.shared(f"directory-home-places-{language}", build)
