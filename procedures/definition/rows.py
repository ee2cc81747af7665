"""The rows of a repeated group: each has an id of its own, so taking one away moves nothing.

The group's answer is the list of its rows' ids; the answer to a question of a row is under
``group.row.question``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from procedures.plugins import Kept, Question

T = TypeVar("T")
ROW_ID = re.compile(r"[a-z0-9]{1,8}")
MOST_ROWS = 50
"""Of any group, whatever a browser sends."""


def limits(group: Question) -> tuple[int, int]:
    """The least and the most rows of a group."""
    least = max(0 if not group.required else 1, int(group.options.get("min_rows") or 0))
    return least, min(int(group.options.get("max_rows") or MOST_ROWS), MOST_ROWS)


def rows_of(group: Question, answers: Mapping[str, Kept]) -> list[str]:
    """The ids of a group's rows; until the resident has seen it, the first ones it must have."""
    kept = answers.get(group.id)
    if not isinstance(kept, list):
        return [str(number) for number in range(1, max(1, limits(group)[0]) + 1)]
    return [row for row in kept if isinstance(row, str) and ROW_ID.fullmatch(row)][:MOST_ROWS]


def row_question(group: Question, row: str, number: int, child: Question) -> Question:
    """A question of the group, as it is asked in one row."""
    name = group.options.get("row_name") or group.label
    return replace(child, id=f"{group.id}.{row}.{child.id}", row=f"{name} {number}")


def label_in_row(question: Question) -> str:
    """The words of a question where it stands alone: in a row, with the row's number."""
    return f"{question.label} ({question.row})" if question.row else question.label


def own_id(answer_id: str) -> str:
    """The id of the question's block, whatever the row."""
    return answer_id.rpartition(".")[2]


def without_lost_rows(values: Mapping[str, T]) -> dict[str, T]:
    """Answers, or what was typed, without what belongs to rows that were taken away."""
    kept = {}
    for key, value in values.items():
        group, row, *_ = [*key.split(".", 2), ""]
        rows = values.get(group)
        if not (row and isinstance(rows, list) and row not in rows):
            kept[key] = value
    return kept


def next_row(rows: list[str]) -> str:
    """An id that no row of the list has."""
    numbers = [int(row) for row in rows if row.isdecimal()]
    return str(max(numbers, default=0) + 1)


def every_question(questions: Iterable[Question], answers: Mapping[str, Kept]) -> Iterator[Question]:
    """The questions, and those of every row of the groups among them, shown or not."""
    for question in questions:
        yield question
        if question.questions:
            for number, row in enumerate(rows_of(question, answers), start=1):
                yield from (row_question(question, row, number, child) for child in question.questions)
