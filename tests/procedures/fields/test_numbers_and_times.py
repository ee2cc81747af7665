"""Numbers, amounts, slots, periods, agreements and signatures, beyond the common promises."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.encoding import force_str
from hypothesis import given
from hypothesis import strategies as st

from procedures.fields.numbers import number_of
from procedures.fields.parts import PartError
from procedures.plugins import Choice, Kept, Question, field_types, operators


def ask(slug: str, **options: Any) -> Question:
    return replace(field_types[slug].sample(), required=True, options=options)


def clean(question: Question, typed: Any) -> Kept:
    kind = question.field_type
    return kind.keep(kind.form_field(question).clean(typed))


def faults(question: Question, typed: Any) -> set[str]:
    """The parts that are at fault; "" for the whole."""
    with pytest.raises(ValidationError) as error:
        clean(question, typed)
    return {found.part if isinstance(found, PartError) else "" for found in error.value.error_list}


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize("typed", ["12,5", "douze", "1e3", "--3", "1 2 a", "12/3", "٣٫٥", "9" * 13])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    assert faults(ask("whole_number"), typed) == {""}


def test_zero_is_an_answer() -> None:
    for slug in ("whole_number", "decimal_number", "amount"):
        kept = clean(ask(slug), "0")
        assert kept == 0
        assert operators["is_answered"].holds(kept, None)
        assert field_types[slug].display(kept, ask(slug))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.234.567", "1234567"),
        ("1,234,567.5", "1234567.5"),
        ("1.234.567,5", "1234567.5"),
        ("1'234,5", "1234.5"),
        ("١٬٢٣٤٫٥", "1234.5"),
        ("−2", "-2"),
    ],
)
def test_numbers_are_read_as_their_writers_mean_them(typed: str, number: str) -> None:
    assert number_of(typed) == number_of(number)
    assert str(number_of(typed)) == number


@pytest.mark.parametrize("typed", ["1.23,456", "1,2,3", "1.2.3", "1,23.4,5", "", ",", "12,", "€", "1 €2"])
def test_numbers_that_could_mean_several_things_are_not_guessed(typed: str) -> None:
    with pytest.raises(ValueError, match=re.escape(typed) + "$"):
        number_of(typed)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_every_decimal_comes_back_as_it_was_kept(number: Any) -> None:
    question = ask("decimal_number", decimals=2)
    kept = clean(question, str(number))
    assert clean(question, question.field_type.restore(kept)) == kept


@given(st.integers(min_value=0, max_value=10**14))
def test_every_amount_comes_back_to_the_cent(cents: int) -> None:
    question = ask("amount")
    for language in ("fr", "en"):
        with translation.override(language):
            assert clean(question, question.field_type.restore(cents)) == cents
            assert clean(question, question.field_type.display(cents, question).strip("€")) == cents


def test_a_number_is_shown_with_its_unit_as_the_language_writes_it() -> None:
    question = ask("decimal_number", unit="m²")
    with translation.override("fr"):
        assert plain(question.field_type.display(1234.5, question)) == "1 234,5 m²"
        assert "m²" in force_str(question.field_type.form_field(question).help_text)
    with translation.override("en"):
        assert plain(question.field_type.display(1234.5, question)) == "1,234.5 m²"


@pytest.mark.parametrize("typed", ["-5", "12,505", "1.234", "cher", "1 000 000 000 001"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    assert faults(ask("amount"), typed) == {""}


def test_amounts_are_exported_in_euros_as_numbers() -> None:
    assert field_types["amount"].export(1250, ask("amount")) == {"": 12.5}
    with translation.override("fr"):
        assert plain(field_types["amount"].display(123_450, ask("amount"))) == "1 234,50 €"


@pytest.mark.parametrize(
    ("typed", "at_fault"),
    [
        ({"from": "14/07/2026", "to": "01/07/2026"}, {"to"}),
        ({"from": "01/07/2026", "to": "15/07/2026"}, {"to"}),
        ({"from": "01/07/2026", "to": ""}, {"to"}),
        ({"from": "hier", "to": "demain"}, {"from", "to"}),
    ],
)
def test_a_period_that_cannot_be_is_told_at_the_right_part(typed: dict[str, str], at_fault: set[str]) -> None:
    assert faults(ask("period", max_days=14), typed) == at_fault


def test_a_period_counts_both_its_ends() -> None:
    kept = clean(ask("period", max_days=14), {"from": "01/07/2026", "to": "14/07/2026"})
    assert field_types["period"].export(kept, ask("period")) == {"from": "2026-07-01", "to": "2026-07-14", "days": 14}


def test_without_a_list_a_slot_goes_from_one_hour_to_another() -> None:
    question = replace(ask("time_slot"), choices=())
    kept = clean(question, {"day": "14/12/2026", "from": "9h", "to": "١١:٣٠"})
    assert kept == {"day": "2026-12-14", "from": "09:00", "to": "11:30"}
    assert clean(question, question.field_type.restore(kept)) == kept
    assert faults(question, {"day": "14/12/2026", "from": "11h", "to": "10h59"}) == {"to"}
    assert faults(question, {"day": "14/12/2026", "from": "25h", "to": "9 h 75"}) == {"from", "to"}


def test_a_slot_that_was_not_offered_is_refused() -> None:
    assert faults(ask("time_slot"), {"day": "14/12/2026", "slot": "midnight"}) == {"slot"}
    kind = field_types["time_slot"]
    assert kind.option_errors({"choices": ["Matin", " matin"]})
    assert not kind.option_errors({"choices": []})
    renamed = replace(ask("time_slot"), choices=(Choice("slot-morning", "Avant midi"),))
    assert "Avant midi" in kind.display({"day": "2026-12-14", "slot": "slot-morning"}, renamed)


@time_machine.travel("2026-11-21 12:00:00+01:00")
def test_a_slot_may_have_to_be_still_to_come() -> None:
    assert faults(ask("time_slot", limit="future"), {"day": "20/11/2026", "slot": "slot-morning"}) == {"day"}


def test_an_agreement_that_is_needed_must_be_ticked() -> None:
    assert faults(ask("consent", statement="J’accepte."), "") == {""}
    assert clean(replace(ask("consent"), required=False), "") is None
    assert clean(ask("consent"), "yes") is True


def test_a_condition_on_an_agreement_compares_with_yes_alone() -> None:
    question = ask("consent")
    assert question.field_type.compared("yes", question) is True
    with pytest.raises(ValidationError):
        question.field_type.compared("no", question)


def test_an_agreement_says_what_was_agreed() -> None:
    with translation.override("en"):
        assert field_types["consent"].display(True, ask("consent", statement="I agree.")) == "Agreed: I agree."
        assert field_types["consent"].display(True, ask("consent")) == "Agreed"


def test_a_signature_bears_its_moment_in_local_time() -> None:
    with time_machine.travel("2026-07-01 23:30:00+00:00", tick=False):
        kept = clean(ask("signature", statement="Je certifie."), {"name": "Amélie Durand"})
    assert kept == {"name": "Amélie Durand", "on": "2026-07-01T23:30:00+00:00"}
    with translation.override("fr"):
        assert "2 juillet 2026" in plain(field_types["signature"].display(kept, ask("signature")))
    assert faults(ask("signature"), {"name": "  "}) == {"name"}
