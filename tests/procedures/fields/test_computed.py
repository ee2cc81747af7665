"""The operations of computed values, and whether their questions fit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import translation

from procedures.fields.operands import Operands
from procedures.plugins import DraftProcedure, Question, field_types

COMPUTED = field_types["computed"]


def work(operation: str, answers: dict[str, Any], *operands: str, fixed: str = "", unit: str = "") -> Any:
    options = {"operation": operation, "operands": list(operands), "fixed": fixed, "unit": unit}
    return COMPUTED.compute(replace(COMPUTED.sample(), options=options), answers)


@pytest.mark.parametrize(
    ("operation", "answers", "fixed", "value"),
    [
        ("sum", {"a": 2, "b": "3.5"}, "", 5.5),
        ("sum", {"a": 0.1, "b": 0.2}, "", 0.3),
        ("sum", {"a": 2, "b": None}, "1", 3),
        ("sum", {"a": True, "b": "deux"}, "1", None),
        ("sum", {}, "100", None),
        ("product", {"a": 3, "b": 450}, "", 1350),
        ("product", {"a": 3}, "", None),
        ("product", {"a": 3, "b": 2}, "0.5", 3),
        ("difference", {"a": 10, "b": 4}, "1", 5),
        ("difference", {"a": 10}, "", 10),
        ("difference", {"b": 10}, "", None),
        ("days_between", {"a": "2026-02-28", "b": "2026-03-01"}, "", 1),
        ("days_between", {"a": "2028-02-28", "b": "2028-03-01"}, "1", 3),
        ("days_between", {"a": "2026-03-01", "b": "2026-02-28"}, "", -1),
        ("days_between", {"a": "2026-03-01", "b": "bientôt"}, "", None),
        ("sum", {"a": "1e999999", "b": "NaN"}, "", None),
        ("product", {"a": 10**15, "b": 10**15}, "", None),
    ],
)
def test_an_operation_gives_what_one_would_work_out_by_hand(operation, answers, fixed, value):
    assert work(operation, answers, "a", "b", fixed=fixed) == value


@pytest.mark.parametrize(
    ("born", "age"),
    [("2008-11-22", 17), ("2008-11-21", 18), ("2008-02-29", 18), ("2026-11-21", 0), ("2026-11-22", None), (None, None)],
)
@time_machine.travel("2026-11-21 23:30:00+01:00")
def test_an_age_is_counted_in_birthdays_gone_by(born, age):
    assert work("age", {"a": born}, "a") == age
    assert work("age", {"a": {"date": born, "town": "Oran", "country": "DZ"}}, "a") == age


def test_rows_are_counted_and_added_up():
    answers = {"g": ["1", "3"], "g.1.price": 1200, "g.3.price": 800, "price": 5, "g.1.other": 7}
    assert work("count_rows", answers, "g") == 2
    assert work("sum_rows", answers, "price", unit="euros") == 2000
    assert work("count_rows", {}, "g") is None
    assert work("sum_rows", {"price": 5}, "price") is None


def test_euros_are_whole_cents_and_said_in_euros():
    question = replace(
        COMPUTED.sample(), options={"operation": "product", "operands": ["a"], "fixed": "0.333", "unit": "euros"}
    )
    kept = COMPUTED.compute(question, {"a": 1000})
    assert kept == 333
    assert COMPUTED.export(kept, question) == {"": 3.33}
    with translation.override("fr"):
        assert COMPUTED.display(kept, question) == "3,33\xa0€"
    assert COMPUTED.compared("3,33 €", question) == 333


@pytest.mark.parametrize("typed", ["", "beaucoup", "1e99", "NaN", "--2"])
def test_a_condition_compares_with_numbers_only(typed):
    with pytest.raises(ValidationError):
        COMPUTED.compared(typed, COMPUTED.sample())


def draft(*questions: Question) -> DraftProcedure:
    return DraftProcedure({}, [((0, "questions", place), question) for place, question in enumerate(questions)])


def computed(operation: str, *operands: str) -> Question:
    options = {"operation": operation, "operands": list(operands), "fixed": "", "unit": ""}
    return replace(COMPUTED.sample(), id="computed", options=options)


INSIDE = Question("inside", "computed", "Prix", options={"operation": "sum", "operands": [], "unit": ""})
ASKED = [
    Question("day", "date", "Le"),
    Question("name", "short_text", "Nom"),
    Question("other", "computed", "Total", options={"operation": "sum", "operands": []}),
    Question("group", "group", "Enfants", questions=(INSIDE,)),
    INSIDE,
    Question("cost", "amount", "Coût"),
    Question("birth", "birth", "Naissance"),
]


@pytest.mark.parametrize(
    ("operation", "operand", "is_right"),
    [
        ("age", "day", True),
        ("age", "name", False),
        ("sum", "other", True),
        ("sum", "day", False),
        ("sum", "inside", False),
        ("sum_rows", "inside", True),
        ("sum_rows", "other", False),
        ("count_rows", "group", True),
        ("count_rows", "name", False),
        ("sum", "cost", True),
        ("sum", "birth", False),
        ("age", "birth", True),
    ],
)
def test_a_computed_value_stands_on_questions_its_operation_can_work_with(operation, operand, is_right):
    problems = list(Operands().find(draft(*ASKED, computed(operation, operand))))
    assert [path for path, _message in problems] == ([] if is_right else [(0, "questions", len(ASKED), "operands", 0)])
