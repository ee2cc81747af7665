"""English and Arabic: the words of ``data/translations/``, laid over the French through wagtail-localize."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.pages.models import Alert
from demo.loading.city import City
from demo.loading.data import read, read_folder
from directory.models import Department, Division, Place

LANGUAGES = ("en", "ar")


def load(city: City) -> None:
    """Translate and publish what ``data/translated.yaml`` lists, parents first."""
    memory = words()
    for code in LANGUAGES:
        locale = Locale.objects.get(language_code=code)
        entries = list(_translated(city))
        for entry in entries:
            translate(entry, locale, memory)
        city.say(f"{len(entries)} entries in {code}")


def words() -> dict[str, dict[str, str]]:
    """Every translated text under its French; ``same`` marks what no language changes."""
    memory: dict[str, dict[str, str]] = {}
    for _, entries in read_folder("translations"):
        for entry in entries:
            source = entry.get("fr") or entry["same"]
            memory[source] = {code: entry.get(code, source) for code in LANGUAGES}
    return memory


def _translated(city: City) -> Iterator[models.Model]:
    yield from Division.objects.filter(locale=city.locale)
    yield from Department.objects.filter(locale=city.locale)
    yield from Place.objects.filter(locale=city.locale)
    for key in read("translated")["pages"]:
        yield city.pages[key]
    yield from Alert.objects.filter(locale=city.locale)


def translate(entry: Any, locale: Locale, memory: dict[str, dict[str, str]]) -> None:
    """Make the translation of a page or a snippet and publish it; what has no words stays French."""
    source, _ = TranslationSource.get_or_create_from_instance(entry)
    Translation.objects.get_or_create(source=source, target_locale=locale, defaults={"enabled": True})
    segments = StringSegment.objects.filter(source=source).select_related("string")
    StringTranslation.objects.bulk_create(
        (
            StringTranslation(
                translation_of=segment.string,
                locale=locale,
                context_id=segment.context_id,
                data=memory[segment.string.data][locale.language_code],
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )
            for segment in segments
            if segment.string.data in memory
        ),
        ignore_conflicts=True,
    )
    is_page = isinstance(entry, Page)
    translated, _ = source.create_or_update_translation(locale, publish=not is_page, fallback=True)
    if is_page:
        translated.get_latest_revision().publish()
