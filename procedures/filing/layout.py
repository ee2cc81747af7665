"""How the questions of a step are laid out: sections, rows of groups, what is only read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.translation import get_language

from procedures.definition.compiled import Section, Step
from procedures.definition.conditions import Path
from procedures.definition.rows import limits
from procedures.filing.forms import StepForm
from procedures.filing.live import Live, in_rows
from procedures.filing.typed import ADD, DROP
from procedures.plugins import Question

Item = dict[str, Any]


def foreign(lang: str) -> str:
    """``lang`` where it isn't the language of the page, for a ``lang`` attribute."""
    return "" if lang == get_language() else lang


@dataclass(frozen=True)
class Shown:
    """A step about to be shown: its form, and that of the questions which the browser may bring up."""

    form: StepForm
    dormant: StepForm | None
    path: Path
    live: Live | None
    files: Mapping[str, list[Item]]
    """What ``components/file_list.html`` shows, by question."""

    def item(self, question: Question, original: str) -> Item:
        """One question, or what is only read; ``moves`` bears its id where the browser may show or hide it."""
        kind = question.field_type
        moves = question.id if self.live and original in self.live.moving and kind.asks else ""
        if not kind.asks:
            shown = kind.display(self.path.answers.get(question.id), question)
            return {"template": kind.template, "question": question, "shown": shown, "lang": foreign(question.lang)}
        is_dormant = self.dormant is not None and question.id in self.dormant.fields
        form = self.dormant if is_dormant and self.dormant else self.form
        files = self.files.get(question.id, [])
        return {"field": form[question.id], "files": files, "moves": moves, "hidden": is_dormant}


def sections(step: Step, shown: Shown) -> list[dict[str, Any]]:
    """The sections of a step that have something to show, now or as soon as the browser brings it up."""
    made = []
    for section in step.sections:
        items = list(_items(section, shown))
        if items:
            hidden = all(item.get("hidden") for item in items)
            made.append({**_heading(section), "items": items, "hidden": hidden})
    return made


def _heading(section: Section) -> dict[str, str]:
    return {
        "id": section.id,
        "title": section.title,
        "intro": section.intro,
        "lang": foreign(section.lang),
        "intro_lang": foreign(section.intro_lang),
    }


def _items(section: Section, shown: Shown) -> Iterator[Item]:
    """One item per question; the questions of a group's rows are inside the group's item."""
    present = {question.id: question for form in (shown.form, shown.dormant) if form for question in form.questions}
    for question in section.questions:
        if question.id in present:
            rows = in_rows([question], shown.path.answers)
            inside = [(original, present[asked.id]) for original, asked in rows if asked.row and asked.id in present]
            yield _group(question, inside, shown) if question.questions else shown.item(question, question.id)


def _marked(words: str, lang: str) -> str:
    """Words that stand in a sentence of the page, with their own language where it is another."""
    return format_html('<span lang="{}" dir="auto">{}</span>', lang, words) if lang else words


def _group(group: Question, inside: list[tuple[str, Question]], shown: Shown) -> Item:
    least, most = limits(group)
    rows: dict[str, dict[str, Any]] = {}
    for original, question in inside:
        row = question.id.split(".")[1]
        made = rows.setdefault(
            row,
            {
                "id": row,
                "name": question.row,
                "marked": _marked(question.row, foreign(group.lang)),
                "items": [],
                "drop_name": f"{DROP}{group.id}.{row}",
            },
        )
        made["items"].append(shown.item(question, original))
    return {
        **shown.item(group, group.id),
        "group": group,
        "lang": foreign(group.lang),
        "rows": list(rows.values()),
        "row_name": _marked(group.options.get("row_name", ""), foreign(group.lang)),
        "add_name": f"{ADD}{group.id}" if len(rows) < most else "",
        "may_drop": len(rows) > least,
    }
