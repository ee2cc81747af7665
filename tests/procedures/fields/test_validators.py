"""Every validator keeps the promises of ``procedures.plugins.Validator``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.encoding import force_str
from wagtail import blocks

from procedures.plugins import DraftProcedure, Question, Validator, field_types, procedure_checks, validators

KINDS = list(validators)
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)


@pytest.fixture(autouse=True)
def on_the_day_of_the_examples() -> Iterator[None]:
    with time_machine.travel("2026-11-21 10:00:00+01:00", tick=False):
        yield


@every_kind
@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_its_examples_pass_or_are_told_why_not(kind: Validator, language: str) -> None:
    with translation.override(language):
        for kept, options, is_right in kind.examples:
            if is_right:
                kind.check(kept, options)
            else:
                with pytest.raises(ValidationError) as error:
                    kind.check(kept, options)
                assert all(message and "%(" not in message for message in error.value.messages)


@every_kind
def test_its_examples_show_right_and_wrong_answers(kind: Validator) -> None:
    assert {is_right for _kept, _options, is_right in kind.examples} == {True, False}
    assert {frozenset(options) for _kept, options, _right in kind.examples} == {frozenset(kind.option_blocks())}


@every_kind
def test_it_applies_to_types_that_exist(kind: Validator) -> None:
    assert kind.applies_to
    assert set(kind.applies_to) <= set(field_types.by_slug)
    assert force_str(kind.label)


@every_kind
def test_what_an_editor_sets_is_kept_as_json_and_understood(kind: Validator) -> None:
    options = kind.option_blocks()
    assert all(isinstance(block, blocks.Block) for block in options.values())
    for kept, wanted, is_right in kind.examples:
        block = blocks.StructBlock(list(options.items()))
        value = block.to_python(json.loads(json.dumps(block.get_prep_value(block.to_python(wanted)))))
        compiled = json.loads(json.dumps({name: value[name] for name in options}))
        if is_right:
            kind.check(kept, compiled)
        else:
            with pytest.raises(ValidationError):
                kind.check(kept, compiled)


@every_kind
def test_options_left_empty_never_crash_on_any_answer_of_its_types(kind: Validator) -> None:
    empty = {name: block.get_default() for name, block in kind.option_blocks().items()}
    for slug in kind.applies_to:
        for _typed, kept in field_types[slug].examples:
            for options in ({}, empty):
                with suppress(ValidationError):
                    kind.check(kept, options)


def test_months_are_counted_to_the_last_day_there_is() -> None:
    with time_machine.travel("2026-05-31 10:00:00+02:00", tick=False):
        options = {"bound": "not_before", "count": 3, "unit": "months", "side": "before"}
        validators["date_range"].check("2026-02-28", options)
        with pytest.raises(ValidationError):
            validators["date_range"].check("2026-02-27", options)


def test_somebody_born_on_29_february_comes_of_age_on_1_march() -> None:
    options = {"at_least": 18, "at_most": None}
    with time_machine.travel("2026-02-28 10:00:00+01:00", tick=False), pytest.raises(ValidationError):
        validators["age_range"].check("2008-02-29", options)
    with time_machine.travel("2026-03-01 10:00:00+01:00", tick=False):
        validators["age_range"].check("2008-02-29", options)


def test_a_limit_is_said_as_the_language_says_it() -> None:
    with translation.override("fr"), pytest.raises(ValidationError) as error:
        validators["amount_range"].check(100, {"at_least": 1200, "at_most": None})
    assert error.value.messages[0].replace("\u202f", " ").replace("\xa0", " ").count("1 200 €") == 1


TODAY = {"count": 0, "unit": "days", "side": "after"}
NEXT_MONTH = {"count": 1, "unit": "months", "side": "after"}


@pytest.mark.parametrize(
    ("checks", "at_fault"),
    [
        ([("number_range", {"at_least": 10, "at_most": 20})], []),
        ([("number_range", {"at_least": 20, "at_most": 20})], []),
        ([("number_range", {"at_least": 20, "at_most": 10})], [(0, "at_most")]),
        ([("age_range", {"at_least": 18}), ("age_range", {"at_most": 10})], [(1, "at_most")]),
        ([("text_length", {"at_least": 18}), ("words_count", {"at_most": 10})], []),
        ([("luhn", {}), ("text_length", {"at_least": 2, "at_most": 1})], [(1, "at_most")]),
        ([("date_range", {"bound": "not_before", **TODAY}), ("date_range", {"bound": "not_after", **NEXT_MONTH})], []),
        (
            [("date_range", {"bound": "not_before", **NEXT_MONTH}), ("date_range", {"bound": "not_after", **TODAY})],
            [(1, "count")],
        ),
    ],
)
def test_checks_that_leave_nothing_between_their_bounds_are_told_before_publishing(
    checks: list[tuple[str, dict[str, Any]]], at_fault: list[tuple[int, str]]
) -> None:
    question = Question("q", "short_text", "Q", checks=tuple(checks))
    found = list(procedure_checks["possible_answers"].find(DraftProcedure({}, [((0, "questions", 3), question)])))
    assert [path for path, _message in found] == [(0, "questions", 3, "checks", *place) for place in at_fault]
