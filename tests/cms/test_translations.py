"""The house rules of translation: drafts first, nothing good overwritten, what is stale is said."""

from __future__ import annotations

import pytest
from django.test import TestCase
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.pages import site
from cms.pages.models import GuidePage, HomePage
from cms.pages.translations import faithfulness
from tests.factories.pages import GuidePageFactory, build_city, paragraph

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(db) -> Locale:
    build_city()
    return Locale.objects.get(language_code="en")


@pytest.fixture
def guide(english: Locale) -> GuidePage:
    return GuidePageFactory(
        parent=site_home(), title="Familles", slug="familles", summary="Un dossier.", body=[paragraph("Bonjour.")]
    )


def site_home():
    return HomePage.objects.get(locale__language_code="fr")


def submit(guide: GuidePage, locale: Locale) -> Translation:
    """Send the guide to its translators, as the admin's form does."""
    for page in (site_home(), guide):
        source, _ = TranslationSource.update_or_create_from_instance(page)
        translation, _ = Translation.objects.get_or_create(source=source, target_locale=locale)
        translation.save_target(publish=False)
    return translation


def translate(translation: Translation, words: dict[str, str]) -> None:
    """Type the translations, then publish as the translator does."""
    for segment in translation.source.stringsegment_set.select_related("string"):
        if segment.string.data in words:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                defaults={"data": words[segment.string.data], "translation_type": "manual", "tool_name": ""},
            )
    publish(translation)


def publish(translation: Translation) -> None:
    """Publish; wagtail-localize does so on commit."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        translation.save_target(publish=True)


def in_english(guide: GuidePage) -> GuidePage:
    return GuidePage.objects.get(translation_key=guide.translation_key, locale__language_code="en")


WORDS = {"Familles": "Families", "familles": "families", "Un dossier.": "One file.", "Bonjour.": "Hello."}


def test_submitting_a_live_page_publishes_nothing(guide, english):
    submit(guide, english)
    assert not in_english(guide).live


def test_a_changed_source_keeps_the_old_translation_live_and_marks_it_stale(guide, english):
    translation = submit(guide, english)
    translate(translation, WORDS)
    guide.summary = "Deux dossiers."
    guide.save_revision().publish()
    translation.source.update_from_db()
    publish(translation)
    assert in_english(guide).live
    assert in_english(guide).summary == "One file."
    assert faithfulness(guide.translation_key, "en").stale


def test_translating_again_clears_the_mark(guide, english):
    translation = submit(guide, english)
    translate(translation, WORDS)
    guide.summary = "Deux dossiers."
    guide.save_revision().publish()
    translation.source.update_from_db()
    translate(translation, WORDS | {"Deux dossiers.": "Two files."})
    assert in_english(guide).summary == "Two files."
    assert faithfulness(guide.translation_key, "en").is_whole


def test_a_source_not_yet_sent_again_makes_the_translation_stale(guide, english):
    translation = submit(guide, english)
    translate(translation, WORDS)
    guide.summary = "Trois dossiers."
    guide.save_revision().publish()
    assert in_english(guide).summary == "One file."
    assert faithfulness(guide.translation_key, "en").stale


def test_what_is_not_translated_is_marked_as_french_on_the_page(client, guide, english):
    translation = submit(guide, english)
    submit_home_live(english)
    translate(translation, {key: value for key, value in WORDS.items() if key != "Bonjour."})
    page = client.get(site.current().url(in_english(guide).pk))
    assert page.status_code == 200
    block = guide.body[0].id
    assert block in faithfulness(guide.translation_key, "en").untranslated
    assert '<div lang="fr" dir="ltr"' in page.text


def submit_home_live(locale: Locale) -> None:
    publish(Translation.objects.get(source__object_id=site_home().translation_key, target_locale=locale))


def test_the_source_is_always_whole(guide, english):
    submit(guide, english)
    assert faithfulness(guide.translation_key, "fr").is_whole
