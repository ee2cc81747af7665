"""Every type of question keeps the promises of ``procedures.plugins.FieldType``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.template.loader import get_template
from django.utils import translation
from django.utils.encoding import force_str
from wagtail import blocks

from procedures.definition.blocks.questions import PALETTES
from procedures.definition.blocks.questions import every_kind as every_question_block
from procedures.fields.parts import PartsField
from procedures.plugins import FieldType, Kept, field_types, is_empty, operators

ALL = list(field_types)
KINDS = [kind for kind in ALL if kind.asks]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
TOKENS = {
    *("name", "honorific-prefix", "given-name", "family-name", "email", "tel", "organization", "bday"),
    *("street-address", "postal-code", "address-level2", "country", "country-name"),
}
READINGS = {"", "text", "choice", "list", "boolean", "number", "cents", "date"}
NONSENSE = [
    "\0",
    "a\0b",
    "x" * 2_000_000,
    "𝕏" * 300,
    "<script>",
    "٣" * 500,
    "-1",
    "0" * 400,
    "١" * 14,
    "²³",
    "1e999",
    "NaN",
]


@pytest.fixture(autouse=True)
def on_the_day_of_the_examples() -> Iterator[None]:
    with time_machine.travel("2026-11-21 10:00:00+01:00", tick=False):
        yield


def clean(kind: FieldType, typed: Any, *, required: bool = False) -> Kept:
    """Clean as the wizard does: files come as what is stored already."""
    field = kind.form_field(replace(kind.sample(), required=required))
    cleaned = field.clean(None, typed) if kind.takes_files else field.clean(typed)
    return kind.keep(cleaned)


@every_kind
def test_it_keeps_what_its_examples_say(kind: FieldType):
    assert kind.examples
    for typed, kept in kind.examples:
        assert clean(kind, typed) == kept


@pytest.mark.parametrize("kind", [kind for kind in ALL if not kind.asks], ids=lambda kind: kind.slug)
def test_what_asks_nothing_has_something_to_show_and_computes_what_its_examples_say(kind: FieldType):
    assert get_template(kind.template)
    assert kind.examples
    for answers, kept in kind.examples:
        assert kind.compute(kind.sample(), answers) == kept
        assert bool(kind.display(kept, kind.sample())) == (kept is not None)


@every_kind
def test_what_is_kept_can_be_shown_again_and_sent_unchanged(kind: FieldType):
    for _typed, kept in kind.examples:
        if not kind.takes_files and kept is not None:
            assert clean(kind, kind.restore(kept)) == kept


@every_kind
def test_what_is_kept_is_json_or_nothing(kind: FieldType):
    for _typed, kept in kind.examples:
        assert json.loads(json.dumps(kept)) == kept
        assert kept is None or not is_empty(kept)


@every_kind
@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_an_answer_is_said_in_words(kind: FieldType, language: str):
    with translation.override(language):
        for _typed, kept in kind.examples:
            assert bool(kind.display(kept, kind.sample())) == (kept is not None)
            assert isinstance(kind.searchable(kept), str)


@every_kind
def test_an_empty_answer_to_a_required_question_is_refused(kind: FieldType):
    with pytest.raises(ValidationError):
        clean(kind, [] if kind.takes_files or kind.slug == "several_choices" else "", required=True)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.takes_files], ids=lambda kind: kind.slug)
@pytest.mark.parametrize("typed", NONSENSE, ids=lambda typed: ascii(typed[:12]))
def test_nonsense_is_refused_or_kept_whole_never_a_crash(kind: FieldType, typed: str):
    assert_taken_or_refused(kind, [typed] if kind.slug == "several_choices" else typed)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
@pytest.mark.parametrize("typed", NONSENSE, ids=lambda typed: ascii(typed[:12]))
def test_nonsense_in_one_part_is_refused_or_kept_whole(kind: FieldType, typed: str):
    whole = next((right for right, kept in kind.examples if isinstance(right, dict) and kept), {})
    for part in whole:
        assert_taken_or_refused(kind, {**whole, part: typed})
        assert_taken_or_refused(kind, {part: typed})


def assert_taken_or_refused(kind: FieldType, typed: Any) -> None:
    try:
        kept = clean(kind, typed, required=True)
    except ValidationError as error:
        messages = error.messages
    else:
        written = json.dumps(kept, allow_nan=False)
        messages = ["kept"] if "\\u0000" not in written and len(str(kept)) <= 10_000 else []
    assert messages
    assert all(messages)


@every_kind
def test_its_field_carries_label_help_and_obligation(kind: FieldType):
    question = replace(kind.sample(), label="Votre réponse", help="Un exemple", required=True)
    field = kind.form_field(question)
    assert field.label == "Votre réponse"
    assert "Un exemple" in force_str(field.help_text)
    assert field.required


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.slug)
def test_its_options_compile_to_json_that_its_field_takes(kind: FieldType):
    options = kind.option_blocks()
    assert all(isinstance(block, blocks.Block) for block in options.values())
    compiled = kind.compile_options({name: block.get_default() for name, block in options.items()})
    assert json.loads(json.dumps(compiled)) == compiled
    assert kind.form_field(replace(kind.sample(), options=compiled))


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.slug)
def test_words_that_older_questions_lack_are_an_empty_text_that_translations_pass_over(kind: FieldType):
    read = dict(every_question_block())[kind.slug].bulk_to_python([{"label": "Avant"}])[0]
    assert [name for name in kind.words if read[name] is None] == []


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.slug)
def test_it_names_only_operators_that_exist(kind: FieldType):
    assert set(kind.operators) <= set(operators.by_slug)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.slug)
def test_it_tells_editors_what_it_is_for(kind: FieldType):
    assert force_str(kind.label)
    assert force_str(kind.doc).endswith(".")


@every_kind
def test_it_stands_in_a_palette_and_says_how_browsers_read_it(kind: FieldType):
    assert kind.palette in PALETTES
    assert kind.reading in READINGS
    assert len(kind.slug) <= 30


@every_kind
@pytest.mark.parametrize("whose", ["requester", "beneficiary"])
def test_what_it_tells_of_the_requester_has_the_names_that_browsers_know(kind: FieldType, whose: str):
    assert set(kind.tokens) <= TOKENS
    question = replace(kind.sample(), options={**kind.sample().options, "whose": whose, "purpose": "name"})
    for _typed, kept in kind.examples:
        said = kind.claims(kept, question)
        assert set(said) <= TOKENS
        assert all(isinstance(value, str) and value for value in said.values())
        assert not said or ("whose" not in kind.option_blocks() or whose == "requester")


@every_kind
def test_its_export_fits_in_the_cells_of_a_spreadsheet(kind: FieldType):
    columns = set()
    for _typed, kept in kind.examples:
        cells = kind.export(kept, kind.sample())
        columns.add(tuple(cells))
        assert json.loads(json.dumps(cells, allow_nan=False)) == cells
        assert all(isinstance(cell, (str, int, float)) for cell in cells.values())
    assert len(columns) == 1


@every_kind
def test_an_answer_in_parts_keeps_to_the_names_that_forms_read(kind: FieldType):
    field = kind.form_field(kind.sample())
    for part in field.parts if isinstance(field, PartsField) else ():
        assert part.isascii()
        assert part.isalnum()
        assert part == part.lower()
        assert len(part) <= 12


@every_kind
def test_a_condition_can_compare_what_an_editor_types(kind: FieldType):
    # A district is compared with those of the directory: see test_address.py.
    compares = [slug for slug in kind.operators if operators[slug].needs_value and slug != "in_district"]
    if compares:
        kept = next(kept for _typed, kept in kind.examples if kept is not None)
        typed = kept[0] if isinstance(kept, list) else kind.restore(kept)
        value = kind.compared(str(typed), kind.sample())
        assert json.loads(json.dumps(value)) == value
        assert value is not None
