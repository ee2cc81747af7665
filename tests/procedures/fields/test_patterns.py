"""Texts with a pattern: each pattern knows its right and wrong answers, and none can hang the server."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from procedures.fields.patterns import PATTERNS
from procedures.plugins import Question, field_types

KIND = field_types["pattern_text"]


def ask(pattern: str, **options: str) -> Question:
    return replace(KIND.sample(), options={"pattern": pattern, **options})


def clean(question: Question, typed: str) -> str:
    return KIND.form_field(question).clean(typed)


RIGHT = [
    ("digits", "01 23", "0123"),
    ("digits", "٠١٢٣", "0123"),
    ("letters", "Saint-Aubin  d’Écosse", "Saint-Aubin d’Écosse"),
    ("letters", "طنجة", "طنجة"),
    ("postcode", "49 000", "49000"),
    ("postcode", "20000", "20000"),
    ("insee", "2a004", "2A004"),
    ("plate", "ab-123-cd", "AB-123-CD"),
    ("plate", "1234 AB 2A", "1234 AB 2A"),
    ("plate", "99abc971", "99 ABC 971"),
    ("tax_number", "30 23 217 600 053", "3023217600053"),
    ("siren", "732.829.320", "732829320"),
    ("vat", "fr 40 303 265 045", "FR40303265045"),
    ("nir", "2 95 10 99 126 111 93", "295109912611193"),
    ("nir", "253072B07300470", "253072B07300470"),
    ("be_national", "85.07.30-033.28", "85073003328"),
    ("passport", "14aa12345", "14AA12345"),
    ("url", "www.exemple.fr/page", "https://www.exemple.fr/page"),
    ("hour", "9h30", "09:30"),
    ("hour", "9 h", "09:00"),
]
WRONG = [
    ("digits", "12a"),
    ("letters", "R2D2"),
    ("postcode", "99000"),
    ("postcode", "4900"),
    ("insee", "4900"),
    ("plate", "IO-123-AB"),
    ("plate", "WW-123-AB"),
    ("plate", "0 AB 49"),
    ("tax_number", "30 23 217 600 054"),
    ("siren", "732 829 321"),
    ("vat", "FR 41 303 265 045"),
    ("nir", "2 95 10 99 126 111 94"),
    ("be_national", "85.07.30-033.29"),
    ("passport", "1AA12345"),
    ("url", "javascript:alert(1)"),
    ("url", "ftp://exemple.fr"),
    ("url", "deux mots"),
    ("hour", "25:00"),
    ("hour", "12:60"),
]


@pytest.mark.parametrize(("pattern", "typed", "kept"), RIGHT)
def test_a_right_answer_is_kept_in_one_way_of_writing(pattern: str, typed: str, kept: str) -> None:
    question = ask(pattern)
    assert clean(question, typed) == kept
    assert clean(question, KIND.display(kept, question)) == kept


@pytest.mark.parametrize(("pattern", "typed"), WRONG)
def test_a_wrong_answer_is_told_with_an_example(pattern: str, typed: str) -> None:
    with pytest.raises(ValidationError) as error:
        clean(ask(pattern), typed)
    assert PATTERNS[pattern].example in error.value.messages[0]


def test_every_pattern_is_tried_and_its_example_fits() -> None:
    assert {pattern for pattern, _typed, _kept in RIGHT} == {pattern for pattern, _typed in WRONG} == set(PATTERNS)
    for slug, pattern in PATTERNS.items():
        assert clean(ask(slug), pattern.example)


def test_an_imported_expression_must_match_the_whole_answer() -> None:
    question = ask("custom", expression=r"(0|\+|00)(\d{8,})", message="Écrivez un numéro de téléphone.")
    assert clean(question, "0212345678") == "0212345678"
    with pytest.raises(ValidationError, match="Écrivez un numéro de téléphone"):
        clean(question, "0212345678 ou après 18 h")


HOSTILE = [r"(a+)+b", r"(a|a)*b", r"(.*a){25}b", r"((a*)*)*b", r"(x+x+)+y"]


@pytest.mark.parametrize("expression", HOSTILE)
def test_no_expression_hangs_whatever_is_typed(expression: str) -> None:
    """Python's own engine would need longer than the age of the universe for these."""
    with pytest.raises(ValidationError):
        clean(ask("custom", expression=expression), "a" * 200 + "x" * 49 + "!")


@pytest.mark.parametrize(
    "expression", ["", "(", r"(a)\1", "(?=a)a", "a{1000}{1000}", "(((a{100}){100}){100})", "a" * 501]
)
def test_an_expression_that_could_not_be_bounded_is_refused_before_publishing(expression: str) -> None:
    errors = KIND.option_errors({"pattern": "custom", "expression": expression, "message": ""})
    assert list(errors) == ["expression"]
    assert clean(ask("custom", expression=expression), " Dupont ") == "Dupont"


def test_an_expression_left_behind_by_another_choice_does_not_count() -> None:
    value = {"pattern": "digits", "expression": "(", "message": ""}
    assert not KIND.option_errors(value)
    assert KIND.compile_options(value)["expression"] == ""


def test_agents_find_a_plate_however_they_type_it_but_nobody_by_social_security_number() -> None:
    assert {"AB-123-CD", "AB123CD"} <= set(KIND.searchable("AB-123-CD").split())
    assert KIND.searchable("295109912611193") == ""
