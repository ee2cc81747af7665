"""A procedure's questions as GeoReport's attributes, whatever plugin asks them.

Who asks, what about and where have parameters of their own in GeoReport (``email``,
``description``, ``lat``…): the questions for those are answered by them, and not listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.html import strip_tags

from procedures.definition.compiled import Definition
from procedures.fields.parts import PartsField
from procedures.filing.outside import askable, can_be_said, claim_of, first_of
from procedures.plugins import Question

STRING, NUMBER, DATETIME, TEXT = "string", "number", "datetime", "text"
SINGLE, MULTIPLE = "singlevaluelist", "multivaluelist"
BY_READING = {"number": NUMBER, "cents": NUMBER, "date": DATETIME}


@dataclass(frozen=True)
class Attribute:
    """One thing to answer; ``code`` is the question's id, with the part's name where an answer has parts."""

    code: str
    datatype: str
    required: bool
    description: str
    hint: str
    values: tuple[tuple[str, str], ...] = field(default=())


def attributes_of(definition: Definition) -> Iterator[Attribute]:
    """What an application may answer beside the parameters of GeoReport, in the order it is asked."""
    own = set(by_parameter(definition).values())
    for question in askable(definition):
        if question.id in own or claim_of(question):
            continue
        # What a condition hides is not needed by everybody: the report says when it was.
        needed = question.required and not _is_conditional(definition, question)
        asked = question.field_type.form_field(question)
        if isinstance(asked, PartsField):
            for part, one in asked.parts.items():
                label = f"{question.label} · {one.label}"
                yield _attribute(f"{question.id}_{part}", question, one, label, needed and one.required)
        else:
            yield _attribute(question.id, question, asked, question.label, needed)


def by_parameter(definition: Definition) -> dict[str, str]:
    """The question that ``description`` answers, and the one that the position does: the first of their kind."""
    return first_of(definition, {"long_text": "description", "place": "place"})


def in_the_way(definition: Definition) -> list[str]:
    """Labels of the questions that must be answered and that no application can: files, rows, signatures."""
    return [
        question.label
        for step in definition.steps
        for question in step.questions
        if question.required and question.field_type.asks and not can_be_said(question)
    ]


def _is_conditional(definition: Definition, question: Question) -> bool:
    for step in definition.steps:
        for section in step.sections:
            if question in section.questions:
                return any(one.condition is not None for one in (step, section, question))
    return False


def _attribute(code: str, question: Question, asked: forms.Field, label: str, required: bool) -> Attribute:
    values: tuple[tuple[str, str], ...] = ()
    if isinstance(asked, forms.ChoiceField):
        datatype = MULTIPLE if isinstance(asked, forms.MultipleChoiceField) else SINGLE
        values = tuple(_flat(asked.choices))
    elif isinstance(asked, forms.BooleanField):
        datatype, values = SINGLE, (("on", str(asked.label or label)),)
    elif isinstance(asked.widget, forms.Textarea):
        datatype = TEXT
    else:
        datatype = BY_READING.get(question.field_type.reading, STRING)
    return Attribute(code, datatype, required, label, strip_tags(str(asked.help_text or "")), values)


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    """The choices without their groups, and without the empty one."""
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _flat(label)
        elif key not in ("", None):
            yield str(key), str(label)
