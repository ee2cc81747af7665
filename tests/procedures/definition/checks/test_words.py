"""Checks on what is written: labels, help, links, sentences, what is asked and why."""

from __future__ import annotations

import pytest

from procedures.definition.proofreading import long_sentences, reading_ease, sentences
from tests.factories.procedures import question, step

NAME = question("short_text", "Nom")
HARD = (
    "Conformément aux dispositions réglementaires applicables, l’administration territoriale compétente procédera "
    "ultérieurement à l’instruction circonstanciée de votre sollicitation individuelle."
)


def paths(found):
    return [path for path, _message in found]


def test_missing_and_repeated_words_are_told_once_each(find):
    steps = [step("A", NAME, question("short_text", " nom ", id="b")), step("a", question("email", "", id="c"))]
    found = find("labels", *steps)
    assert paths(found) == [(1, "questions", 0, "label"), (1, "title"), (0, "questions", 1, "label")]
    assert find("labels", step("A", NAME), step("B", NAME)) == []


@pytest.mark.parametrize("help", ["À compléter", "...", "TODO", "Lorem ipsum dolor sit amet", "xxx", "Aide", "Nom :"])
def test_help_that_says_nothing_is_told(find, help):
    assert paths(find("help_text", step("A", question("short_text", "Nom", help_text=help)))) == [
        (0, "questions", 0, "help_text")
    ]


@pytest.mark.parametrize("help", ["", "Votre nom de naissance.", "Aide-mémoire : voir votre contrat."])
def test_help_that_helps_or_is_left_out_is_not(find, help):
    assert find("help_text", step("A", question("short_text", "Nom", help_text=help))) == []


@pytest.mark.parametrize("words", ["Cliquez ici", "ici", "En savoir plus", "click here", "https://example.org/a"])
def test_links_that_do_not_say_where_they_lead_are_told(find, words):
    steps = step("A", NAME, introduction=f'<p>Voir <a href="https://example.org">{words}</a>.</p>')
    assert paths(find("link_words", steps)) == [(0, "introduction")]
    assert paths(find("link_words", step("A", NAME), needed=f'<p><a href="/x">{words}</a></p>')) == [("needed",)]


def test_links_with_words_of_their_own_are_not(find):
    steps = step("A", NAME, introduction='<p><a href="https://example.org">Tarifs de la cantine</a></p>')
    assert find("link_words", steps) == []


@pytest.mark.parametrize(
    "label", ["Votre quotient familial", "Dernier avis d’imposition", "Acte de naissance de l’enfant", "Extrait K-bis"]
)
def test_what_the_administration_already_knows_is_told_with_the_article(find, label):
    ((path, message),) = find("tell_us_once", step("A", question("file", label)))
    assert path == (0, "questions", 0, "label")
    assert "L114-8" in message


def test_ordinary_questions_are_not_known_already(find):
    assert find("tell_us_once", step("A", NAME, question("date", "Date de naissance"))) == []


def test_personal_data_want_a_purpose(find):
    assert paths(find("purpose", step("A", NAME, question("email", "Courriel")))) == [("purpose",)]
    assert find("purpose", step("A", NAME), purpose="Pour retrouver l’acte.") == []
    assert find("purpose", step("A", question("yes_no", "Est-ce urgent ?"))) == []


def test_sensitive_questions_want_a_reason(find):
    asked = question("short_text", "Numéro de sécurité sociale")
    assert paths(find("sensitive", step("A", asked))) == [(0, "questions", 0, "help_text")]
    told = question("short_text", "Numéro de sécurité sociale", help_text="Exigé par l’article R. 123-4.")
    assert find("sensitive", step("A", told, question("short_text", "Numéro de rue"))) == []


def test_someone_must_be_reachable(find):
    assert paths(find("answer_address", step("A", NAME))) == [("steps",)]
    for reachable in (question("email", "Où répondre ?"), question("long_text", "Votre adresse postale")):
        assert find("answer_address", step("A", NAME, reachable)) == []


def test_one_choice_is_none(find):
    assert paths(find("choices", step("A", question("one_choice", "Quoi ?", choices=["Un"])))) == [
        (0, "questions", 0, "choices")
    ]
    assert find("choices", step("A", question("one_choice", "Quoi ?", choices=["Un", "Deux"]))) == []


def test_documents_can_be_given_without_a_scanner(find):
    plan = question("file", "Plan", help_text="PDF, 10 Mo au plus.")
    assert paths(find("files", step("A", plan))) == [(0, "questions", 0, "help_text")]
    assert find("files", step("A", question("file", "Plan", required=False))) == []
    assert find("files", step("A", question("file", "Plan", help_text="Ou apportez-le au guichet."))) == []
    assert find("files", step("A", plan, introduction="<p>Sans scanner : par courrier.</p>")) == []


def test_silence_is_chosen_and_an_alternative_is_written(find):
    assert paths(find("silence", step("A", NAME), silence_effect="")) == [("silence_effect",)]
    assert find("silence", step("A", NAME), silence_effect="none") == []
    assert paths(find("alternative", step("A", NAME), alternative="<p>&nbsp;</p>")) == [("alternative",)]
    assert find("alternative", step("A", NAME)) == []


def test_texts_that_are_hard_to_read_are_told_where_they_are(find):
    found = find("readability", step("A", NAME, introduction=f"<p>{HARD}</p>"))
    assert paths(found) == [(0, "introduction")]
    plain = "Nous lisons votre demande. Puis nous vous répondons par la poste, en deux jours, si tout est là."
    assert find("readability", step("A", NAME, introduction=f"<p>{plain}</p>")) == []


def test_long_sentences_are_counted_in_words(find):
    long = "Si vous le pouvez " + "et si vous le voulez " * 6 + "venez."
    ((path, message),) = find("readability", step("A", question("short_text", "Nom", help_text=long)))
    assert path == (0, "questions", 0, "help_text")
    assert "35" in message


def test_arabic_is_never_scored():
    assert reading_ease("هذه جملة طويلة " * 20, "ar") is None
    assert reading_ease("Trop court.", "fr") is None
    assert reading_ease(HARD, "fr") < 20
    assert reading_ease(HARD, "en") is None


def test_sentences_end_with_points_and_lines():
    assert sentences("Un mot. Deux mots !\nTrois") == ["Un mot", "Deux mots", "Trois"]
    assert long_sentences("un " * 31) == [("un " * 31).strip()]
