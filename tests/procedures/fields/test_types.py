"""What each type of question does beyond the common promises."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.encoding import force_str

from procedures.plugins import Choice, Question, field_types
from procedures.uploads.keeping import KeptFile


def ask(slug: str, **options: Any) -> Question:
    """A required question of a type with options."""
    return replace(field_types[slug].sample(), required=True, options=options)


def clean(question: Question, typed: Any) -> Any:
    return question.field_type.form_field(question).clean(typed)


@pytest.mark.parametrize(
    "typed",
    ["31/02/2026", "00/01/2026", "12/13/2026", "1/1/90", "hier", "2026", "01/01/0026", "1990-13-01", "99/99/9999"],
)
def test_a_day_that_does_not_exist_is_refused(typed: str):
    with pytest.raises(ValidationError):
        clean(ask("date"), typed)


@time_machine.travel("2026-11-21 23:30:00+01:00")
@pytest.mark.parametrize(
    ("limit", "typed", "is_right"),
    [
        ("past", "21/11/2026", True),
        ("past", "22/11/2026", False),
        ("future", "21/11/2026", True),
        ("future", "20/11/2026", False),
        ("", "20/11/1926", True),
    ],
)
def test_a_date_may_be_limited_to_the_past_or_the_future(limit: str, typed: str, is_right: bool):
    if is_right:
        assert clean(ask("date", limit=limit), typed)
    else:
        with pytest.raises(ValidationError):
            clean(ask("date", limit=limit), typed)


def test_a_date_is_said_as_the_language_says_it():
    date = field_types["date"]
    with translation.override("fr"):
        assert date.display("1990-07-14", date.sample()).replace("\xa0", " ") == "14 juillet 1990"


@pytest.mark.parametrize("typed", ["12", "06 12 34 56", "téléphone", "+999 12345678", "06 12 34 56 78 / 06 00 00 00"])
def test_a_number_that_nobody_answers_is_refused(typed: str):
    with pytest.raises(ValidationError):
        clean(ask("phone"), typed)


def test_a_number_is_shown_as_people_write_it():
    phone = field_types["phone"]
    assert phone.display("+33612345678", phone.sample()) == "06 12 34 56 78"
    assert phone.display("+3222792211", phone.sample()).startswith("+32 2")


def test_a_number_is_found_in_either_form():
    found = field_types["phone"].searchable("+33612345678")
    assert "0612345678" in found
    assert "+33612345678" in found


@pytest.mark.parametrize("typed", ["amelie", "amelie@", "@exemple.fr", "a b@exemple.fr", "a@exemple.fr\nBcc: x@y.fr"])
def test_what_is_no_address_is_refused(typed: str):
    with pytest.raises(ValidationError):
        clean(ask("email"), typed)


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        (ask("email", of_requester=True), "email"),
        (ask("email", of_requester=False), ""),
        (ask("phone", of_requester=True), "tel"),
        (ask("short_text", purpose="family-name"), "family-name"),
        (ask("short_text", purpose=""), ""),
        (ask("yes_no"), ""),
    ],
)
def test_a_question_says_what_it_tells_of_the_requester(question: Question, claim: str):
    assert list(question.field_type.claims("kept", question)) == ([claim] if claim else [])
    autocomplete = question.field_type.form_field(question).widget.attrs.get("autocomplete", "off")
    assert autocomplete == (claim or "off")


@pytest.mark.parametrize(("slug", "longest"), [("short_text", 10), ("long_text", 10)])
def test_a_text_that_is_too_long_is_refused_not_cut(slug: str, longest: int):
    question = ask(slug, max_length=longest)
    assert clean(question, "x" * longest) == "x" * longest
    with pytest.raises(ValidationError):
        clean(question, "x" * (longest + 1))


def test_line_ends_count_once():
    assert clean(ask("long_text", max_length=4), "a\r\nbc") == "a\nbc"


def test_a_choice_that_was_not_offered_is_refused():
    with pytest.raises(ValidationError):
        clean(ask("one_choice"), "forged")
    with pytest.raises(ValidationError):
        clean(ask("several_choices"), ["fr-copy", "forged"])


def test_many_choices_become_a_list_with_nothing_chosen():
    choices = tuple(Choice(str(number), f"Quartier {number}") for number in range(8))
    field = replace(ask("one_choice"), choices=choices).field_type.form_field(
        replace(ask("one_choice"), choices=choices)
    )
    assert field.choices[0][0] == ""
    assert field.widget.input_type == "select"


def test_repeated_or_missing_choices_are_told():
    kind = field_types["one_choice"]
    assert kind.option_errors({"choices": ["Oui"]})
    assert kind.option_errors({"choices": ["Oui", " oui "]})
    assert not kind.option_errors({"choices": ["Oui", "Non"]})


def stored(name: str = "acte.pdf", media_type: str = "application/pdf", size_bytes: int = 1000) -> KeptFile:
    return KeptFile("x", name, media_type, size_bytes, "0" * 64)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([stored(), stored(), stored()], "2"),
        ([stored("photo.odt", "application/vnd.oasis.opendocument.text")], "photo.odt"),
        ([stored("lourd.pdf", size_bytes=3 * 1024 * 1024)], "lourd.pdf"),
        ([], ""),
    ],
)
def test_files_beyond_what_the_question_accepts_are_told(files: list[KeptFile], words: str):
    field = field_types["file"].form_field(ask("file", kinds="scans", max_files=2, max_megabytes=2))
    with pytest.raises(ValidationError) as error:
        field.clean(None, files)
    assert words in " ".join(error.value.messages)


def test_files_received_before_answer_the_question():
    field = field_types["file"].form_field(ask("file", kinds="scans", max_files=2, max_megabytes=2))
    assert field.clean(None, [stored()]) == [stored()]


def test_the_browser_is_told_which_files_are_accepted():
    field = field_types["file"].form_field(ask("file", kinds="pictures", max_files=1))
    attributes = field.widget_attrs(field.widget) | field.widget.attrs
    assert ".jpg" in attributes["accept"]
    assert ".pdf" not in attributes["accept"]
    assert not attributes["multiple"]
    assert "JPEG" in force_str(field.help_text)
