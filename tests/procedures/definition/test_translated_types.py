"""The words of every kind of question reach residents in their language; ids and structure stay those of the French."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import TestCase
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from procedures.definition.compiled import Definition
from procedures.definition.models import Procedure
from tests.factories.procedures import block_id, make_page, question, step

pytestmark = pytest.mark.django_db


def translated(words: dict[str, str], *questions: dict[str, Any]) -> Definition:
    """A procedure with those questions, whose translator knows those words."""
    page = make_page(step("Vous", *questions), slug="types")
    english = Locale.objects.get(language_code="en")
    for source_of in (page.get_parent().get_parent().specific, page.get_parent().specific, page):
        source, _created = TranslationSource.update_or_create_from_instance(source_of)
        translation, _created = Translation.objects.get_or_create(source=source, target_locale=english)
        for segment in source.stringsegment_set.select_related("string"):
            if segment.string.data in words:
                StringTranslation.objects.get_or_create(
                    translation_of=segment.string,
                    locale=english,
                    context=segment.context,
                    defaults={"data": words[segment.string.data]},
                )
        with TestCase.captureOnCommitCallbacks(execute=True):
            translation.save_target(publish=True)
    return Procedure.objects.get().current.in_language("en")


def test_an_explanation_is_read_in_the_language_of_the_resident_and_says_which_it_is_in():
    words = {"Avant de commencer": "Before you start", "Munissez-vous du carnet.": "Have the booklet at hand."}
    definition = translated(
        words,
        question("content", "Avant de commencer", id="avant", text="<p>Munissez-vous du carnet.</p>"),
        question("content", "Ensuite", id="ensuite", text="<p>Rien.</p>"),
    )
    first, second = (definition.question_by_id[block_id(name)] for name in ("avant", "ensuite"))
    assert (first.label, first.options["text_lang"]) == ("Before you start", "en")
    assert "Have the booklet at hand." in first.options["text"]
    assert (second.label, second.options["text_lang"]) == ("Ensuite", "fr")


def test_the_lines_of_a_list_are_said_in_the_language_and_kept_in_the_source():
    definition = translated(
        {"Rue des Lilas": "Lilac street", "Quai Nord": "North quay"},
        question("long_list", "Rue", id="rue", lines="Rue des Lilas\nQuai Nord"),
    )
    asked = definition.question_by_id[block_id("rue")]
    assert asked.field_type.form_field(asked).clean("Quai Nord") == "Quai Nord"
    assert asked.field_type.display("Quai Nord", asked) in ("North quay", "Quai Nord")


def test_linked_lists_and_computed_values_keep_their_ids_in_every_language():
    linked = question("linked_lists", "Sujet", id="sujet")
    linked["value"]["choices"] = [
        {
            "type": "item",
            "id": block_id(name),
            "value": {
                "label": name,
                "choices": [{"type": "item", "id": block_id(f"{name} 1"), "value": f"{name} un"}],
            },
        }
        for name in ("Voirie", "Parcs")
    ]
    operands = [{"type": "item", "id": block_id("operand"), "value": block_id("naissance")}]
    definition = translated(
        {"Voirie": "Roads", "Voirie un": "Roads one", "Votre âge": "Your age"},
        question("date", "Naissance", id="naissance"),
        question("computed", "Votre âge", id="age", operation="age", operands=operands),
        linked,
    )
    asked = definition.question_by_id[block_id("sujet")]
    assert [(choice.label, choice.parent) for choice in asked.choices[:2]] == [
        ("Roads", ""),
        ("Roads one", block_id("Voirie")),
    ]
    age = definition.question_by_id[block_id("age")]
    assert (age.label, age.options["operands"]) == ("Your age", [block_id("naissance")])
