"""Long lists with search, and lists of which one narrows the other."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from procedures.fields.reference_lists import REFERENCE_LISTS, entries
from procedures.plugins import Question, field_types
from tests.factories.procedures import block_id, make_procedure, question, step

LONG, LINKED = field_types["long_list"], field_types["linked_lists"]


def of_lines(text: str, said: str = "", **fields: Any) -> Question:
    options = {**LONG.compile_options({"list": "", "lines": text}), "lines": said or text}
    return replace(LONG.sample(), options=options, **fields)


def shown(question: Question, value: str = "") -> str:
    class Form(forms.Form):
        q = question.field_type.form_field(question)

    return str(Form(initial={"q": value})["q"])


@pytest.mark.parametrize("slug", REFERENCE_LISTS)
@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_a_shipped_list_is_in_the_language_of_the_page(slug, language):
    with translation.override(language):
        words = entries(slug)
    assert len(words) > 100
    assert all(words.values())


def test_countries_and_languages_are_those_one_knows():
    with translation.override("fr"):
        assert entries("countries")["CI"] == "Côte d’Ivoire"
        assert entries("languages")["kab"] == "Kabyle"
        assert entries("departements")["2A"] == "2A – Corse-du-Sud"
    with translation.override("ar"):
        assert entries("countries")["FR"] == "فرنسا"
    assert not {"EU", "ZZ", "UN"} & set(entries("countries"))


def test_what_is_written_is_looked_up_when_it_was_not_chosen():
    with translation.override("fr"):
        field = LONG.form_field(replace(LONG.sample(), options={"list": "countries"}))
        assert field.clean("ETATS UNIS") == "US"
        with pytest.raises(ValidationError):
            field.clean("Syldavie")


def test_a_line_is_kept_as_its_own_page_words_it_and_said_in_the_language_of_the_resident():
    asked = of_lines("Rue des Lilas\n\n  Quai   Nord ", said="Lilac street\nNorth quay")
    assert LONG.form_field(asked).clean("North quay") == "Quai Nord"
    assert LONG.display("Quai Nord", asked) == "North quay"


def test_a_translation_with_other_lines_is_left_aside():
    asked = of_lines("Rue des Lilas\nQuai Nord", said="Lilac street")
    assert LONG.display("Quai Nord", asked) == "Quai Nord"


def test_an_answer_that_left_the_list_is_still_read():
    assert LONG.display("Rue disparue", of_lines("Rue des Lilas\nQuai Nord")) == "Rue disparue"


@pytest.mark.parametrize(
    ("list", "lines", "is_right"),
    [
        ("", "a\nb", True),
        ("", "a", False),
        ("", "École\necole", False),
        ("", "a\n" + "b" * 300, False),
        ("", "\n".join(map(str, range(5_000))), True),
        ("", "\n".join(map(str, range(5_001))), False),
        ("countries", "", True),
        ("countries", "a\nb", False),
        ("", "+\n-", True),
    ],
)
def test_a_list_of_ones_own_has_lines_that_differ(list, lines, is_right):
    assert bool(LONG.option_errors({"list": list, "lines": lines})) != is_right


def test_five_thousand_lines_are_shown_with_the_chosen_one_and_nothing_breaks_out():
    lines = ["<b>&\"'", *(f"Rue numéro {number}" for number in range(4_999))]
    html = shown(of_lines("\n".join(lines)), "Rue numéro 7")
    assert html.count("<option") == 5_001
    assert html.count(" selected") == 1
    assert '<option value="Rue numéro 7" selected>' in html
    assert "<b>" not in html


def test_linked_lists_are_one_list_in_groups_without_javascript():
    html = shown(LINKED.sample(), "lamps")
    assert re.search(r'<optgroup label="Voirie"><option value="lamps" selected>.*holes.*</optgroup>', html)
    assert '<option value="other">Autre chose</option>' in html
    with pytest.raises(ValidationError):
        LINKED.form_field(LINKED.sample()).clean("roads")


def test_a_condition_on_linked_lists_looks_for_a_category_or_a_choice():
    assert LINKED.compared("roads", LINKED.sample()) == "roads"
    assert LINKED.display(["roads", "lamps"], LINKED.sample()) == "Voirie – Éclairage"
    assert LINKED.export(["roads", "lamps"], LINKED.sample()) == {"category": "Voirie", "choice": "Éclairage"}


def item(id: str, value: Any) -> dict[str, Any]:
    return {"type": "item", "id": block_id(id), "value": value}


@pytest.mark.django_db
def test_both_kinds_of_list_are_published_with_their_words():
    linked = question("linked_lists", "Sujet", id="sujet")
    linked["value"]["choices"] = [
        item("voirie", {"label": "Voirie", "choices": [item("lampe", "Éclairage"), item("trou", "Trou")]}),
        item("autre", {"label": "Autre", "choices": []}),
    ]
    streets = question("long_list", "Rue", id="rue", lines="Rue des Lilas\nQuai Nord")
    definition = make_procedure(step("Où", linked, streets), slug="ou").current.in_language("fr")
    asked = definition.question_by_id[block_id("sujet")]
    assert LINKED.form_field(asked).clean(block_id("trou")) == [block_id("voirie"), block_id("trou")]
    assert LONG.display("Quai Nord", definition.question_by_id[block_id("rue")]) == "Quai Nord"
