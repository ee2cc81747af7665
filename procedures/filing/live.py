"""What the browser may decide by itself: questions that an answer of the same step shows or hides.

Comfort only. The page carries these questions, switched off while they are hidden, and the
conditions that concern them; without the script, or for a type of question that the script
cannot read, the server shows them after the post as it always does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from procedures.definition.compiled import Section, Step
from procedures.definition.compiling import as_json
from procedures.definition.conditions import Path
from procedures.definition.rows import row_question, rows_of
from procedures.plugins import Condition, Kept, Question

SCRIPTED = frozenset(
    {"is", "is_not", "contains", "not_contains", "greater", "less", "in_district", "is_answered", "is_empty"}
)
"""The operators of ``static/js/conditions.js``."""


@dataclass(frozen=True)
class Live:
    """The moving part of a step."""

    dormant: tuple[Question, ...]
    """Questions that are not shown now and that the browser may show; in rows, one per row."""
    moving: frozenset[str]
    """Ids of all questions that may come and go, shown now or not."""
    config: Mapping[str, Any]
    """What ``live-questions.js`` needs: sections with their conditions, and earlier answers that they look at."""


def live_part(step: Step, path: Path, answers: Mapping[str, Kept]) -> Live | None:
    """The part of a step that the browser may move; None when nothing can move."""
    here = {question.id for question in _all(step.questions)}
    readable = {
        question.id
        for question in _all(step.questions)
        if (question.field_type.reading or question.questions) and _is_scripted(question.condition)
    }
    moving = {question.id for section in step.sections for question in _moving(section, here, readable)}
    if not moving:
        return None
    shown = {question.id for question in path.questions.get(step.key, ())}
    dormant = tuple(
        question
        for section in step.sections
        for original, question in in_rows(section.questions, answers)
        if original in moving and question.id not in shown and question.field_type.asks
    )
    outside = {id: kept for id, kept in path.answers.items() if id in set(_looked_at(step)) - here}
    sections = [section_config(section, moving) for section in step.sections]
    return Live(dormant, frozenset(moving), {"sections": sections, "before": outside})


def in_rows(questions: Iterable[Question], answers: Mapping[str, Kept]) -> Iterator[tuple[str, Question]]:
    """Each question with the id of its block; those of a group once per row."""
    for question in questions:
        yield question.id, question
        if question.questions:
            for number, row in enumerate(rows_of(question, answers), start=1):
                for child in question.questions:
                    yield child.id, row_question(question, row, number, child)


def references(condition: Condition | None) -> Iterator[str]:
    """Ids of the questions that a condition looks at."""
    for rule in condition.rules if condition else ():
        if isinstance(rule, Condition):
            yield from references(rule)
        else:
            yield rule.question_id


def _moving(section: Section, here: set[str], readable: set[str]) -> Iterator[Question]:
    """Questions whose condition looks at this step, if the script can read everything it looks at there."""
    around = set(references(section.condition)) & here
    for question in section.questions:
        for asked in (question, *question.questions):
            looked_at = around | set(references(question.condition)) & here | set(references(asked.condition)) & here
            scripted = all(map(_is_scripted, (section.condition, question.condition, asked.condition)))
            if scripted and looked_at and looked_at <= readable:
                yield asked


def _is_scripted(condition: Condition | None) -> bool:
    """Whether the script knows every operator of ``condition``; those of packages are the server's alone."""
    return condition is None or all(
        _is_scripted(rule) if isinstance(rule, Condition) else rule.operator in SCRIPTED for rule in condition.rules
    )


def _all(questions: Iterable[Question]) -> Iterator[Question]:
    for question in questions:
        yield question
        yield from question.questions


def _looked_at(step: Step) -> Iterator[str]:
    for section in step.sections:
        yield from references(section.condition)
    for question in _all(step.questions):
        yield from references(question.condition)


def section_config(section: Section, moving: set[str]) -> dict[str, Any]:
    """A section as the script reads it; ``moving``: ids of the questions that it may show and hide."""
    questions = [_question(question, moving) for question in section.questions]
    return {"id": section.id, "condition": as_json(section.condition), "questions": questions}


def _question(question: Question, moving: set[str]) -> dict[str, Any]:
    made: dict[str, Any] = {"id": question.id, "reading": question.field_type.reading}
    made |= {"condition": as_json(question.condition), "moves": question.id in moving}
    if question.questions:
        made["questions"] = [_question(child, moving) for child in question.questions]
    return made
