"""How far a translated page follows its source, and what keeps a good translation alive.

When the French text changes, wagtail-localize would put the new French text on the live
translated page. Here the old translation stays until somebody has read it again, marked
stale for the translator and for the reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from cms.pages import site

STALE = "earlier source text"
"""``tool_name`` of a translation carried over; saving it in the editor clears the mark."""


@dataclass(frozen=True)
class Faithfulness:
    """How a translation stands to its source."""

    stale: bool = False
    """The source has changed since."""
    untranslated: frozenset[str] = frozenset()
    """Ids of blocks and names of fields still in the source language."""

    @property
    def is_whole(self) -> bool:
        """Nothing to warn about."""
        return not self.stale and not self.untranslated


WHOLE = Faithfulness()


def faithfulness(translation_key: UUID, language: str) -> Faithfulness:
    """How the page's translation in ``language`` stands; the source is always whole."""
    if language == settings.LANGUAGE_CODE:
        return WHOLE
    states = site.shared(f"faithfulness-{language}", lambda: _read(language))
    return states.get(translation_key, WHOLE)


def _read(language: str) -> dict[UUID, Faithfulness]:
    locale = Locale.objects.filter(language_code=language).first()
    if locale is None:
        return {}
    wanted = StringSegment.objects.filter(source__translations__target_locale=locale)
    missing: dict[UUID, set[str]] = {}
    rows = wanted.annotate_translation(locale).filter(translation__isnull=True)
    for key, path in rows.values_list("source__object_id", "context__path"):
        missing.setdefault(key, set()).update(path.split("."))
    stale = set(_carried_over(locale).values_list("context__object_id", flat=True)) | set(_not_synchronised(locale))
    return {
        key: Faithfulness(stale=key in stale, untranslated=frozenset(missing.get(key, ())))
        for key in stale | missing.keys()
    }


def _carried_over(locale: Locale) -> Any:
    """Translations in use whose source text is newer than they are."""
    return StringTranslation.objects.filter(
        locale=locale, tool_name=STALE, translation_of__segments__source__object_id=F("context__object_id")
    )


def _not_synchronised(locale: Locale) -> Iterable[UUID]:
    """Sources published after the translators last received them."""
    sources = dict(
        TranslationSource.objects.filter(translations__target_locale=locale).values_list("object_id", "last_updated_at")
    )
    published = Page.objects.filter(
        translation_key__in=sources, locale__language_code=settings.LANGUAGE_CODE
    ).values_list("translation_key", "last_published_at")
    return [key for key, moment in published if moment is not None and moment > sources[key]]


def keep_translation(instance: StringSegment, created: bool, **_: object) -> None:
    """Carry the translation of the text that stood here over to the text that replaces it."""
    if not created:
        return
    earlier = (
        StringSegment.objects.filter(source=instance.source_id, context=instance.context_id, order=instance.order)
        .exclude(pk=instance.pk)
        .order_by("-pk")
        .first()
    )
    if earlier is None:
        return
    for translation in StringTranslation.objects.filter(
        translation_of=earlier.string_id, context=instance.context_id, has_error=False
    ):
        StringTranslation.objects.get_or_create(
            translation_of_id=instance.string_id,
            locale_id=translation.locale_id,
            context_id=instance.context_id,
            defaults={
                "data": translation.data,
                "translation_type": translation.translation_type,
                "tool_name": STALE,
                "last_translated_by_id": translation.last_translated_by_id,
            },
        )
