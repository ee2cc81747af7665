"""What a browser sent, made fit to be kept: bounded, free of what no database takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from procedures.definition.rows import MOST_ROWS, every_question, next_row
from procedures.plugins import Kept, Question

KEPT_CHARACTERS = 100_000
"""Of one answer; beyond, the beginning is kept and the resident is told so."""
NAMES_PER_QUESTION = 10
VALUES_PER_NAME = 200

PART = re.compile(r"^(_[a-z0-9]{1,12})?$")
"""How the parts of one answer are named: ``<id>``, or ``<id>_day``, ``<id>_0``…"""


@dataclass
class Typed:
    """What was typed in one step, under the names of the form."""

    values: dict[str, list[str]] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)
    """Questions whose text was too long even to be kept."""
    spoiled: set[str] = field(default_factory=set)
    """Questions whose text held a null character, which is left out."""

    def as_post(self) -> MultiValueDict[str, str]:
        """In the shape that forms read."""
        return MultiValueDict(self.values)

    def rows(self, questions: Iterable[Question]) -> dict[str, Kept]:
        """The rows of the groups among ``questions``, by group, where the post says which there are."""
        return {
            question.id: list(self.values[question.id])
            for question in questions
            if question.questions and question.id in self.values
        }

    def has(self, question: Question) -> bool:
        """Tell whether the post bears anything for ``question``."""
        return any(belongs(name, question.id) for name in self.values)


ADD, DROP = "add-", "drop-"
"""Buttons of a group: ``add-<group>``, ``drop-<group>.<row>``."""


def change_rows(typed: Typed, post: QueryDict) -> bool:
    """Add or take away the row whose button was pressed; False when it was another button."""
    pressed = [name for name in post if name.startswith((ADD, DROP))]
    for name in pressed:
        group, _dot, row = name.removeprefix(ADD).removeprefix(DROP).partition(".")
        rows = typed.values.get(group)
        if rows is not None and name.startswith(ADD) and len(rows) < MOST_ROWS:
            rows.append(next_row(rows))
        elif rows is not None and row in rows:
            rows.remove(row)
    return bool(pressed)


def belongs(name: str, question_id: str) -> bool:
    """Tell whether ``name`` is the question's own, or that of a part of its answer."""
    return name.startswith(question_id) and PART.match(name[len(question_id) :]) is not None


def asked_in(post: QueryDict, questions: Sequence[Question]) -> list[Question]:
    """The questions that a post may answer: those of the rows that it names too."""
    rows: dict[str, Kept] = {question.id: list(post.getlist(question.id)) for question in questions}
    return list(every_question(questions, rows))


def take(post: QueryDict, questions: Sequence[Question]) -> Typed:
    """Take from ``post`` what belongs to ``questions``; leave any other field."""
    typed = Typed()
    for question in asked_in(post, questions):
        names = [name for name in post if belongs(name, question.id)][:NAMES_PER_QUESTION]
        for name in names:
            typed.values[name] = [_fit(value, question.id, typed) for value in post.getlist(name)[:VALUES_PER_NAME]]
    return typed


def merge(before: Mapping[str, list[str]], typed: Typed, asked: Iterable[str]) -> dict[str, list[str]]:
    """What the draft keeps of a step: this post, and what was typed in questions now hidden."""
    answered = tuple(asked)
    hidden = {
        name: values
        for name, values in before.items()
        if not any(belongs(name, question_id) for question_id in answered)
    }
    return {**hidden, **typed.values}


def _fit(value: str, question_id: str, typed: Typed) -> str:
    if "\0" in value:
        typed.spoiled.add(question_id)
        value = value.replace("\0", "")
    if len(value) > KEPT_CHARACTERS:
        typed.cut.add(question_id)
        value = value[:KEPT_CHARACTERS]
    return value
