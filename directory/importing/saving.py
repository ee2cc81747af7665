"""Rows become places, in batches; a bad row never stops the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail.search.backends import get_search_backends

from cms.pages import site
from directory.importing.cleaning import clean
from directory.importing.report import Fate, Outcome, Report
from directory.importing.rows import BadRow, PlaceRow
from directory.models import Place

BATCH = 500
WORDS = ("sort_name", "plain_words")
NOT_TYPED = (*WORDS, "translation_key", "locale", "slug", "weekly_hours")
SLUG_MAX = 180


def save_rows(source: str, rows: Iterable[PlaceRow | BadRow], locale: Locale, report: Report) -> None:
    """Create or update the places of ``source``; each batch is one transaction.

    A place whose row has not changed at the source is left alone, with whatever was corrected
    by hand; a blank in the source erases nothing.
    """
    saver = _Saver(source, locale)
    batch: list[PlaceRow | BadRow] = []
    try:
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                full, batch = batch, []
                report.add(saver.save(full))
    finally:
        # Where the file breaks off, what was read before it is kept.
        report.add(saver.save(batch))
        site.bump()


class _Saver:
    def __init__(self, source: str, locale: Locale) -> None:
        self.source, self.locale = source, locale
        self.seen: set[str] = set()

    def save(self, batch: list[PlaceRow | BadRow]) -> list[Fate]:
        """Save a batch at once, or row by row where the database refuses it."""
        good, fates = [], []
        for row in batch:
            reason = self._refusal(row)
            if isinstance(row, BadRow) or reason:
                fates.append(_fate(row, Outcome.REJECTED, reason))
            else:
                good.append(row)
        try:
            return fates + self._save_together(good)
        except DatabaseError:
            return fates + [fate for row in good for fate in self._save_alone(row)]

    def _refusal(self, row: PlaceRow | BadRow) -> str:
        if isinstance(row, BadRow):
            return row.reason
        if not row.source_id:
            return _("no identifier")
        if row.source_id in self.seen:
            return _("the identifier comes twice in the file")
        self.seen.add(row.source_id)
        return ""

    def _save_alone(self, row: PlaceRow) -> Iterator[Fate]:
        try:
            yield from self._save_together([row])
        except DatabaseError as error:
            yield _fate(row, Outcome.REJECTED, _("refused by the database: %(error)s") % {"error": error})

    @transaction.atomic
    def _save_together(self, rows: list[PlaceRow]) -> list[Fate]:
        known = {place.source_id: place for place in self._known(rows)}
        taken = self._taken_slugs(rows)
        new: list[Place] = []
        changed: list[Place] = []
        fates: list[Fate] = []
        fields: set[str] = set()
        for row in rows:
            place = known.get(row.source_id)
            if place is not None and place.source_digest == row.digest:
                fates.append(_fate(row, Outcome.UNCHANGED))
                continue
            is_new = place is None
            place = place or Place(locale=self.locale, source=self.source, source_id=row.source_id)
            values, remarks = clean(row)
            for name, value in values.items():
                setattr(place, name, value)
            place.note_words()
            if is_new:
                place.slug = _free_slug(row, taken)
            try:
                place.clean_fields(exclude=NOT_TYPED)
            except ValidationError as error:
                fates.append(_fate(row, Outcome.REJECTED, *_reasons(error)))
                continue
            (new if is_new else changed).append(place)
            fields.update(values, WORDS)
            fates.append(_fate(row, Outcome.CREATED if is_new else Outcome.UPDATED, *remarks))
        self._write(new, changed, fields)
        return fates

    def _write(self, new: list[Place], changed: list[Place], fields: set[str]) -> None:
        Place.objects.bulk_create(new)
        if changed:
            Place.objects.bulk_update(changed, sorted(fields))
        # Bulk writing sends no signal: the search index is told here. Places refer to nothing
        # that Wagtail's reference index keeps.
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(Place, new + changed)

    def _known(self, rows: list[PlaceRow]) -> Any:
        ids = [row.source_id for row in rows]
        return Place.objects.filter(locale=self.locale, source=self.source, source_id__in=ids)

    def _taken_slugs(self, rows: list[PlaceRow]) -> set[str]:
        wanted = [slug for row in rows for slug in _slugs(row)]
        return set(Place.objects.filter(locale=self.locale, slug__in=wanted).values_list("slug", flat=True))


def _slugs(row: PlaceRow) -> tuple[str, str]:
    """The address wished for, and the one that nobody else wishes for."""
    name = slugify(row.name)[:SLUG_MAX].strip("-")
    identifier = slugify(row.source_id) or str(row.number)
    return name or identifier, f"{name}-{identifier}".strip("-")[:255]


def _free_slug(row: PlaceRow, taken: set[str]) -> str:
    slug = next((slug for slug in _slugs(row) if slug not in taken), None)
    number = 2
    while slug is None or slug in taken:
        slug = f"{_slugs(row)[1]}-{number}"[:255]
        number += 1
    taken.add(slug)
    return slug


def _fate(row: PlaceRow | BadRow, outcome: Outcome, *reasons: str) -> Fate:
    return Fate(row.number, row.source_id, row.name, outcome, reasons)


def _reasons(error: ValidationError) -> list[str]:
    return [f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items()]
