"""Names, births, registered numbers and bank accounts, beyond the common promises."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import translation

from procedures.fields.countries import countries
from procedures.fields.parts import PartError
from procedures.plugins import Question, field_types


def ask(slug: str, **options: Any) -> Question:
    return replace(field_types[slug].sample(), required=True, options=options)


def clean(question: Question, typed: Any) -> Any:
    kind = question.field_type
    return kind.keep(kind.form_field(question).clean(typed))


def faults(question: Question, typed: Any) -> set[str]:
    """The parts that are at fault; "" for the whole."""
    with pytest.raises(ValidationError) as error:
        clean(question, typed)
    return {found.part if isinstance(found, PartError) else "" for found in error.value.error_list}


NAME = field_types["name"]
BIRTH = field_types["birth"]


def test_a_name_asks_only_for_the_parts_the_department_needs() -> None:
    fields = [
        list(NAME.form_field(ask("name", **options)).parts)
        for options in ({}, {"ask_title": True}, {"ask_usage": True})
    ]
    assert fields == [["given", "family"], ["title", "given", "family"], ["given", "family", "usage"]]


def test_nobody_has_to_give_a_title() -> None:
    question = ask("name", ask_title=True)
    assert clean(question, {"title": "", "given": "Camille", "family": "Roux"}) == {
        "given": "Camille",
        "family": "Roux",
    }
    assert faults(question, {"title": "duc", "given": "Camille", "family": "Roux"}) == {"title"}


def test_each_missing_part_of_a_name_is_told() -> None:
    assert faults(ask("name"), {"given": "", "family": ""}) == {"given", "family"}
    assert faults(ask("name"), {"given": "Camille"}) == {"family"}


def test_half_an_answer_to_an_optional_question_is_no_answer() -> None:
    assert faults(replace(ask("name"), required=False), {"given": "Camille", "family": ""}) == {"family"}


@pytest.mark.parametrize(
    ("known", "parts"),
    [
        ("Amélie Durand", ("Amélie", "Durand")),
        ("Amélie Rose LE GOFF", ("Amélie Rose", "LE GOFF")),
        ("DURAND", ("", "DURAND")),
        ("أمينة بن", ("أمينة", "بن")),
    ],
)
def test_a_whole_name_that_is_known_already_is_cut_for_the_resident_to_check(
    known: str, parts: tuple[str, str]
) -> None:
    split = NAME.form_field(ask("name")).split(known)
    assert (split["given"], split["family"]) == parts


def test_the_requester_is_called_by_the_name_in_use() -> None:
    kept = {"title": "mme", "given": "Amélie", "family": "Durand", "usage": "Le Goff"}
    question = ask("name", whose="requester", ask_title=True, ask_usage=True)
    with translation.override("en"):
        said = NAME.claims(kept, question)
        assert NAME.display(kept, question) == "Madam Amélie Le Goff (birth name: Durand)"
    assert (said["given-name"], said["family-name"]) == ("Amélie", "Le Goff")
    assert not NAME.claims(kept, ask("name", whose="beneficiary"))


def test_browsers_fill_in_the_name_of_the_requester_alone() -> None:
    def tokens(**options: Any) -> set[str]:
        parts = NAME.form_field(ask("name", **options)).parts.values()
        return {part.widget.attrs["autocomplete"] for part in parts}

    assert tokens(ask_title=True) == {"honorific-prefix", "given-name", "family-name"}
    assert tokens(whose="beneficiary", ask_title=True) == {"off"}


PLACE = {"town": "Oran", "country": "DZ"}


@pytest.mark.parametrize(
    ("typed", "day", "known"),
    [
        ("14/07/1990", "1990-07-14", None),
        ("1950", "1950-01-01", "year"),
        ("00/00/1950", "1950-01-01", "year"),
        ("03/1950", "1950-03-01", "month"),
        ("00/03/1950", "1950-03-01", "month"),
        ("01/01/1950", "1950-01-01", None),
    ],
)
def test_a_birth_of_which_only_the_year_or_month_is_known_is_presumed(typed: str, day: str, known: str | None) -> None:
    kept = clean(ask("birth"), {"date": typed, **PLACE})
    assert (kept["date"], kept.get("known")) == (day, known)
    assert clean(ask("birth"), BIRTH.restore(kept)) == kept


@pytest.mark.parametrize("typed", ["31/02/1990", "13/1990", "1492", "00/00/0000", "14/07/90", "hier", "99/1990"])
def test_a_day_on_which_nobody_was_born_is_refused(typed: str) -> None:
    assert faults(ask("birth"), {"date": typed, **PLACE}) == {"date"}


@time_machine.travel("2026-11-21 23:30:00+01:00")
def test_nobody_is_born_tomorrow() -> None:
    assert clean(ask("birth"), {"date": "21/11/2026", **PLACE})
    assert faults(ask("birth"), {"date": "22/11/2026", **PLACE}) == {"date"}
    assert faults(ask("birth"), {"date": "2027", **PLACE}) == {"date"}


def test_a_birth_may_go_without_its_place() -> None:
    assert clean(ask("birth", ask_place=False), {"date": "14/07/1990"}) == {"date": "1990-07-14"}
    assert faults(ask("birth", ask_place=True), {"date": "14/07/1990", "town": "Oran", "country": "??"}) == {"country"}


def test_countries_are_named_in_the_language_of_the_page_france_first() -> None:
    for language, name in (("fr", "Algérie"), ("en", "Algeria"), ("ar", "الجزائر")):
        with translation.override(language):
            listed = countries()
            assert listed[0][0] == "FR"
            assert dict(listed)["DZ"] == name
            assert 240 <= len(listed) <= 260
    with translation.override("fr"):
        names = [name for _code, name in countries()]
        assert names.index("Égypte") < names.index("Espagne")  # É sorts with E


@pytest.mark.parametrize("typed", ["732 829 320 00075", "732 829 320", "7328293200007A", "000", "356 000 000 00002"])
def test_a_siret_with_a_wrong_digit_is_refused(typed: str) -> None:
    assert faults(ask("siret"), typed) == {""}


def test_a_siret_is_shown_in_groups_and_found_by_its_company() -> None:
    siret = field_types["siret"]
    assert siret.display("73282932000074", siret.sample()) == "732 829 320 00074"
    assert "732829320" in siret.searchable("73282932000074").split()


@pytest.mark.parametrize("typed", ["W12345678", "X751234567", "W75123456A", "W2C1000018", "751234567"])
def test_what_is_no_number_of_an_association_is_refused(typed: str) -> None:
    assert faults(ask("rna"), typed) == {""}


@pytest.mark.parametrize("typed", ["FR14 2004 1010 0505 0001 3M02 607", "FR76", "XX00 1234", "1234567890"])
def test_an_iban_with_a_wrong_sign_is_refused(typed: str) -> None:
    assert faults(ask("iban"), typed) == {""}


def test_accounts_outside_the_zone_are_refused_unless_the_department_takes_them() -> None:
    turkish = "TR33 0006 1005 1978 6457 8413 26"
    assert faults(ask("iban", sepa_only=True), turkish) == {""}
    assert clean(ask("iban", sepa_only=False), turkish) == "TR330006100519786457841326"


def test_an_iban_is_shown_in_fours_exported_with_its_bic_and_never_searched_for() -> None:
    iban = field_types["iban"]
    kept = "FR1420041010050500013M02606"
    assert iban.display(kept, iban.sample()) == "FR14 2004 1010 0505 0001 3M02 606"
    assert iban.export(kept, iban.sample()) == {"": kept, "BIC": "PSSTFRPP"}
    assert iban.searchable(kept) == ""
