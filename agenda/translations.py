"""Facts of an event are the source's: a cancelled concert is cancelled in every language at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from agenda.models.timing import EventTiming
from agenda.terms import FACTS

if TYPE_CHECKING:
    from agenda.models.event import EventPage

COPIED = ("key", "day", "start_time", "last_day", "end_time", "begin", "end")


def is_source(page: EventPage) -> bool:
    """The page is in the language that facts are written in."""
    return bool(page.locale.language_code == settings.LANGUAGE_CODE)


def follow_source(page: EventPage) -> None:
    """Give a translation the status, place, dates and the like of its source, if it has one.

    Whatever saves a translation brings the facts of the day it was made: this comes after.
    """
    source = page.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if source is not None:
        _take_facts(page, source)


def spread_facts(source: EventPage) -> None:
    """Give every translation the facts of the source that has just been published."""
    for translation in source.get_translations().select_related("locale"):
        _take_facts(translation, source)


@transaction.atomic
def _take_facts(page: EventPage, source: EventPage) -> None:
    for name in FACTS:
        setattr(page, name, getattr(source, name))
    page.folded = page.words_to_filter()
    type(page).objects.filter(pk=page.pk).update(folded=page.folded, **{name: getattr(page, name) for name in FACTS})
    dates, kept = EventTiming.objects.filter(event=source), EventTiming.objects.filter(event=page)
    if list(dates.values_list(*COPIED)) != list(kept.values_list(*COPIED)):
        kept.delete()
        EventTiming.objects.bulk_create(EventTiming(event=page, **values) for values in dates.values(*COPIED))


def when_published(instance: EventPage, **_: Any) -> None:
    """After a publication, let the translations follow their source."""
    if is_source(instance):
        spread_facts(instance)
