"""Words are translated; dates and facts are the source's, in every language at once."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.test import Client
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from agenda.models import EventPage, EventTiming
from agenda.terms import ACCESS_LABELS, EventStatus
from tests.factories.agenda import at, make_event

SATURDAY = date(2026, 11, 21)


@pytest.fixture
def event(agenda) -> EventPage:
    return make_event(agenda, at(SATURDAY, time(20, 30), time(22)), title="Orchestre", price="5 €", access_hi=True)


@pytest.fixture
def publish(django_capture_on_commit_callbacks):
    """Publish a translation as its editor's button does; the page is published after commit."""

    def publish_translation(translation: Translation) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            translation.save_target(publish=True)

    return publish_translation


@pytest.fixture
def english(event, agenda, publish) -> EventPage:
    """The event in English, translated and published."""
    locale = Locale.objects.get(language_code="en")
    for page in (agenda.get_parent().specific, agenda):
        page.copy_for_translation(locale).save_revision().publish()
    translate_object(event, [locale])
    source = TranslationSource.objects.get_for_instance(event)
    for segment in source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string, locale=locale, context=segment.context, data=f"EN {segment.string.data}"
        )
    publish(Translation.objects.get(source=source, target_locale=locale))
    return EventPage.objects.get(translation_key=event.translation_key, locale=locale)


def instants(page: EventPage) -> list[tuple]:
    kept = EventTiming.objects.filter(event_id=page.pk)
    return list(kept.values_list("key", "begin", "end", "day", "start_time"))


def test_only_words_are_given_to_translators(event, english):
    fields = {
        segment.context.path.partition(".")[0]
        for segment in TranslationSource.objects.get_for_instance(event).stringsegment_set.all()
    }
    assert {"title", "summary", "price"} <= fields
    assert not fields & {"status", "place", "timings", "folded", *ACCESS_LABELS}


def test_a_translation_has_the_dates_and_facts_of_the_source(event, english):
    assert english.title == "EN Orchestre"
    assert english.access_hi
    assert instants(english) == instants(event)


def test_a_cancelled_event_is_cancelled_in_every_language_at_once(event, english, client: Client):
    event.status = EventStatus.CANCELLED
    timing = event.timings.get()
    timing.start_time = time(21)
    event.timings.add(timing)
    event.save_revision().publish()
    english.refresh_from_db()
    assert english.status == EventStatus.CANCELLED
    assert english.title == "EN Orchestre"
    assert instants(english) == instants(event)
    cards = client.get("/en/agenda/").context["days"][0].cards
    assert [(card.title, card.off) for card in cards] == [("EN Orchestre", True)]


@pytest.mark.parametrize("published", [True, False])
def test_saving_a_translation_of_an_older_source_brings_no_old_fact_back(event, english, publish, published: bool):
    event.status = EventStatus.FULL
    event.save_revision().publish()
    translation = Translation.objects.get(target_locale=english.locale)
    if published:
        publish(translation)
    else:
        translation.save_target(publish=False)
    english.refresh_from_db()
    assert english.status == EventStatus.FULL
    assert instants(english) == instants(event)


def test_each_language_lists_its_own_events(event, english, client: Client):
    assert [card.title for day in client.get("/agenda/").context["days"] for card in day.cards] == ["Orchestre"]
    assert "EN Orchestre" in client.get("/en/agenda/").text


def test_a_title_that_is_not_translated_yet_is_marked_as_french(event, agenda, publish, client: Client):
    locale = Locale.objects.get(language_code="en")
    for page in (agenda.get_parent().specific, agenda):
        page.copy_for_translation(locale).save_revision().publish()
    translate_object(event, [locale])
    publish(Translation.objects.get(source__object_id=event.translation_key, target_locale=locale))
    (card,) = client.get("/en/agenda/").context["days"][0].cards
    assert (card.title, card.lang) == ("Orchestre", "fr")
    assert '<h1 lang="fr"' in client.get(card.url).text
