"""How the questions of a step are laid out: sections, rows of groups, what is only read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.utils.translation import get_language

from procedures.definition.compiled import Section
from procedures.definition.conditions import Path
from procedures.definition.rows import limits
from procedures.filing.forms import StepForm
from procedures.filing.typed import ADD, DROP
from procedures.plugins import Question

Item = dict[str, Any]


def foreign(lang: str) -> str:
    """``lang`` where it isn't the language of the page, for a ``lang`` attribute."""
    return "" if lang == get_language() else lang


def sections(form: StepForm, path: Path) -> list[dict[str, Any]]:
    """The sections of a step, each with its items."""
    made = []
    for section, questions in groupby(form.questions, lambda question: path.section_of.get(question.id)):
        items = list(_items(form, path, list(questions)))
        made.append({**_heading(section), "items": items})
    return made


def _heading(section: Section | None) -> dict[str, str]:
    if section is None:
        return {"title": "", "intro": ""}
    return {
        "id": section.id,
        "title": section.title,
        "intro": section.intro,
        "lang": foreign(section.lang),
        "intro_lang": foreign(section.intro_lang),
    }


def _items(form: StepForm, path: Path, questions: list[Question]) -> Iterator[Item]:
    """One item per question; the questions of a group's rows are inside the group's item."""
    for question in questions:
        if not question.row:
            inside = [other for other in questions if other.id.startswith(f"{question.id}.")]
            yield _group(form, path, question, inside) if question.questions else _item(form, path, question)


def _item(form: StepForm, path: Path, question: Question) -> Item:
    kind = question.field_type
    if not kind.asks:
        shown = kind.display(path.answers.get(question.id), question)
        return {"template": kind.template, "question": question, "shown": shown, "lang": foreign(question.lang)}
    files = [
        {"name": file.original_name, "size": file.size_bytes, "remove_name": f"remove-{file.pk}"}
        for file in form.waiting.get(question.id, ())
    ]
    return {"field": form[question.id], "files": files}


def _group(form: StepForm, path: Path, group: Question, inside: Iterable[Question]) -> Item:
    least, most = limits(group)
    rows = []
    for row, questions in groupby(inside, lambda question: question.id.split(".")[1]):
        asked = list(questions)
        items = [_item(form, path, question) for question in asked]
        rows.append({"id": row, "name": asked[0].row, "items": items, "drop_name": f"{DROP}{group.id}.{row}"})
    return {
        "group": group,
        "field": form[group.id],
        "lang": foreign(group.lang),
        "rows": rows,
        "row_name": group.options.get("row_name", ""),
        "add_name": f"{ADD}{group.id}" if len(rows) < most else "",
        "may_drop": len(rows) > least,
    }
