"""The answers to one procedure as columns: what each type of question exports, whatever the version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from procedures.definition.models import ProcedureVersion
from procedures.definition.rows import own_id
from procedures.inbox.jobs.exports.columns import ANSWERS, Column, Kind, Raw
from procedures.plugins import Question

BETWEEN_ROWS = " | "
"""In one cell, what was answered in each row of a repeated group."""


def answer_columns(procedure_id: int) -> list[Column]:
    """One or several columns for each question that a version of the procedure asked, the latest words first."""
    asked: dict[str, Question] = {}
    for version in ProcedureVersion.objects.filter(procedure_id=procedure_id).order_by("-pk"):
        for question in version.in_language(settings.LANGUAGE_CODE).questions():
            asked.setdefault(question.id, question)
    return [column for question in asked.values() for column in _columns(question)]


def _columns(question: Question) -> Iterator[Column]:
    if not question.field_type.asks and question.field_type.template:
        return  # it only shows something
    for suffix, example in question.field_type.export(None, question).items():
        label = f"{question.label} ({suffix})" if suffix else question.label
        yield Column(label, _reader(question, suffix), Kind.NUMBER if _is_number(example) else Kind.TEXT)


def _reader(question: Question, suffix: str) -> Any:
    def read(raw: Raw) -> Any:
        kept = by_question(raw).get(question.id, ())
        values = [question.field_type.export(answer["value"], question).get(suffix, "") for answer in kept]
        said = [_cell(value) for value in values if value is not None]
        if len(said) == 1:
            return said[0]
        return BETWEEN_ROWS.join(str(value) for value in said)

    return read


def by_question(raw: Raw) -> Mapping[str, list[dict[str, Any]]]:
    """The answers of a row under the ids of their questions, made once: the last cell of a raw row keeps them."""
    kept = raw[ANSWERS]
    if isinstance(kept, list):
        found: dict[str, list[dict[str, Any]]] = {}
        for answer in kept:
            found.setdefault(own_id(answer["question_id"]), []).append(answer)
        return found
    return kept


def _cell(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
