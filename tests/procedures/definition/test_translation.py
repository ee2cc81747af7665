"""A procedure in several languages: one structure, one version, the words of each."""

from __future__ import annotations

import pytest
from django.test import TestCase
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from procedures.definition.models import Procedure, ProcedureIndexPage, ProcedurePage
from tests.factories.procedures import block_id, condition, make_page, question, step

pytestmark = pytest.mark.django_db

WORDS = {
    "Démarche": "Procedure",
    "Vous": "You",
    "Nom": "Last name",
    "Quel document ?": "Which document?",
    "Copie intégrale": "Full copy",
    "Demander un document.": "Ask for a document.",
}


def source_page() -> ProcedurePage:
    return make_page(
        step("Vous", question("short_text", "Nom", id="nom", help_text="Comme sur l’acte")),
        step(
            "Demande",
            question("one_choice", "Quel document ?", id="document", choices=["Copie intégrale", "Extrait"]),
            question("yes_no", "Urgent ?", condition=condition(("document", "is", "id:Copie intégrale"))),
        ),
        title="Démarche",
        slug="demarche",
    )


def translate(page: ProcedurePage) -> ProcedurePage:
    """Send to translation, translate ``WORDS``, and publish, as a translator does."""
    english = Locale.objects.get(language_code="en")
    for source_of in (page.get_parent().get_parent().specific, page.get_parent().specific, page):
        source, _created = TranslationSource.update_or_create_from_instance(source_of)
        translation, _created = Translation.objects.get_or_create(source=source, target_locale=english)
        for segment in source.stringsegment_set.select_related("string"):
            words = WORDS.get(segment.string.data)
            if words:
                StringTranslation.objects.get_or_create(
                    translation_of=segment.string, locale=english, context=segment.context, defaults={"data": words}
                )
        with TestCase.captureOnCommitCallbacks(execute=True):
            translation.save_target(publish=True)
    return ProcedurePage.objects.get(translation_key=page.translation_key, locale=english)


def test_publishing_a_translation_makes_a_version_with_its_words():
    page = source_page()
    translate(page)
    procedure = Procedure.objects.get()
    assert procedure.current.number == 2
    assert procedure.current.languages == ["en", "fr"]
    english = procedure.current.in_language("en")
    assert (english.title, english.lang) == ("Procedure", "en")
    assert (english.steps[0].title, english.steps[0].lang) == ("You", "en")
    name = english.question_by_id[block_id("nom")]
    assert (name.label, name.lang) == ("Last name", "en")


def test_what_is_not_translated_is_given_in_french_and_says_so():
    translate(source_page())
    english = Procedure.objects.get().current.in_language("en")
    name = english.question_by_id[block_id("nom")]
    assert (name.help, name.help_lang) == ("Comme sur l’acte", "fr")
    assert (english.steps[1].title, english.steps[1].lang) == ("Demande", "fr")
    choices = english.question_by_id[block_id("document")].choices
    assert [(choice.label, choice.lang) for choice in choices] == [("Full copy", "en"), ("Extrait", "fr")]


def test_a_language_without_a_page_gets_the_whole_procedure_in_french():
    arabic = Procedure.objects.get(key=source_page().translation_key).current.in_language("ar")
    assert arabic.language == "ar"
    assert {question.lang for question in arabic.questions()} == {"fr"}
    assert arabic.rules.langs["alternative"] == "fr"
    assert arabic.rules.langs["declaration"] == "ar"


def test_ids_and_conditions_are_the_same_in_every_language():
    translate(source_page())
    version = Procedure.objects.get().current
    french, english = version.in_language("fr"), version.in_language("en")
    assert [q.id for q in french.questions()] == [q.id for q in english.questions()]
    assert [q.condition for q in french.questions()] == [q.condition for q in english.questions()]
    assert [[c.id for c in q.choices] for q in french.questions()] == [
        [c.id for c in q.choices] for q in english.questions()
    ]


def test_translators_see_words_and_no_ids():
    page = source_page()
    source, _created = TranslationSource.update_or_create_from_instance(page)
    texts = {segment.string.data for segment in source.stringsegment_set.all()}
    assert {"Nom", "Comme sur l’acte", "Quel document ?", "Extrait"} <= texts
    assert block_id("document") not in texts
    assert block_id("Copie intégrale") not in texts


def test_facts_of_law_and_department_follow_the_source():
    page = source_page()
    english = translate(page)
    page.refresh_from_db()
    page.announced_delay_days, page.silence_effect = 3, "refusal"
    page.save_revision().publish()
    translate(page)
    english.refresh_from_db()
    assert (english.announced_delay_days, english.silence_effect) == (3, "refusal")
    assert english.department_id == page.department_id


def test_withdrawing_a_translation_leaves_the_procedure_open_in_french():
    english = translate(source_page())
    english.unpublish()
    procedure = Procedure.objects.get()
    assert procedure.is_open
    assert procedure.current.number == 3
    assert procedure.current.languages == ["fr"]
    assert procedure.versions.get(number=2).in_language("en").title == "Procedure"


def test_the_lists_of_procedures_are_translated_pages_too():
    translate(source_page())
    assert ProcedureIndexPage.objects.filter(locale__language_code="en", live=True).exists()
