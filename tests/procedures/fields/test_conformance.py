"""Every type of question keeps the promises of ``procedures.plugins.FieldType``."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import get_template
from django.utils import translation
from django.utils.encoding import force_str
from wagtail import blocks

from procedures.plugins import FieldType, Kept, field_types, is_empty, operators

ALL = list(field_types)
KINDS = [kind for kind in ALL if kind.asks]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)


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
@pytest.mark.parametrize("typed", ["\0", "a\0b", "x" * 2_000_000, "𝕏" * 300, "<script>", "٣" * 500, "-1", "0" * 400])
def test_nonsense_is_refused_or_kept_whole_never_a_crash(kind: FieldType, typed: str):
    try:
        kept = clean(kind, [typed] if kind.slug == "several_choices" else typed, required=True)
    except ValidationError as error:
        messages = error.messages
    else:
        messages = ["kept"] if "\0" not in json.dumps(kept) and len(str(kept)) <= 10_000 else []
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
def test_it_names_only_operators_that_exist(kind: FieldType):
    assert set(kind.operators) <= set(operators.by_slug)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.slug)
def test_it_tells_editors_what_it_is_for(kind: FieldType):
    assert force_str(kind.label)
    assert force_str(kind.doc).endswith(".")
