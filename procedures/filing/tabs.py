"""Two tabs, or two devices, on one draft: neither overwrites the other without a word.

Every page of a step bears a mark: how many savings of the step it shows, and a name of its
own. A post is overtaken when another page has saved the step since, with other values. A
page never overtakes itself: going back, sending twice and saving while typing are its own.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from procedures.definition.rows import every_question, label_in_row
from procedures.filing.forms import StepForm
from procedures.filing.typed import Typed, belongs
from procedures.plugins import Question

SEEN = "seen"
"""The field of a page's mark."""
MARKS = "marks"
"""In a draft's data: {step: [savings, name of the page that saved last]}."""
KEEP, THEIRS = "keep-", "theirs"
"""``keep-<question>=theirs`` takes what the draft has; anything else, what the post has."""
WRITTEN = re.compile(r"(\d{1,9})\.([\w-]{1,20})")


class OvertakenError(Exception):
    """Another page has saved this step since, with other values."""


@dataclass(frozen=True)
class Mark:
    """What a page of a step shows."""

    savings: int
    page: str

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """The mark in a post; None for a post without, which nothing can be told of."""
        found = WRITTEN.fullmatch(text)
        return cls(int(found[1]), found[2]) if found else None

    def __str__(self) -> str:
        return f"{self.savings}.{self.page}"


def new_mark(data: Mapping[str, Any], step: str) -> Mark:
    """The mark of a page that shows what the draft has now."""
    return Mark(_last(data, step).savings, secrets.token_urlsafe(9))


def note(data: dict[str, Any], step: str, mark: Mark | None) -> None:
    """Count a saving of ``step`` by the page of ``mark``."""
    data.setdefault(MARKS, {})[step] = [_last(data, step).savings + 1, mark.page if mark else ""]


def check(data: Mapping[str, Any], step: str, mark: Mark | None, typed: Mapping[str, list[str]]) -> None:
    """Compare what a page is about to save with what another one saved since.

    Raises:
        OvertakenError: the values differ.
    """
    last = _last(data, step)
    if mark is None or last.savings <= mark.savings or last.page == mark.page:
        return
    saved = data.get("step_data", {}).get(step, {})
    if any(_said(saved, name) != _said(typed, name) for name in {*saved, *typed}):
        raise OvertakenError


def overtake_all(data: Mapping[str, Any], steps: Iterable[str]) -> dict[str, list[Any]]:
    """Marks for the steps of another version: a page of the former one must not save over them unseen."""
    savings = max((_last(data, step).savings for step in data.get(MARKS, {})), default=0)
    return {step: [savings + 1, ""] for step in steps}


def _last(data: Mapping[str, Any], step: str) -> Mark:
    return Mark(*data.get(MARKS, {}).get(step, (0, "")))


def _said(values: Mapping[str, list[str]], name: str) -> list[str]:
    return [value for value in values.get(name, ()) if value.strip()]


def choose(typed: Typed, saved: Mapping[str, list[str]], post: QueryDict) -> None:
    """Take from the draft the answers that the resident chose of the two."""
    for field in post:
        if field.startswith(KEEP) and post[field] == THEIRS:
            question_id = field.removeprefix(KEEP)
            typed.values = {name: values for name, values in typed.values.items() if not belongs(name, question_id)}
            typed.values |= {name: list(values) for name, values in saved.items() if belongs(name, question_id)}


@dataclass(frozen=True)
class Rival:
    """A question that two pages answered differently."""

    question: Question
    label: str
    lang: str
    """Of the label, where it is not the page's."""
    mine: str
    theirs: str
    keep_name: str


def rivals(
    questions: Iterable[Question], mine: Mapping[str, list[str]], theirs: Mapping[str, list[str]]
) -> list[Rival]:
    """The questions whose two answers differ, each in words."""
    rows: dict[str, Any] = {name: [*mine.get(name, ()), *theirs.get(name, ())] for name in {*mine, *theirs}}
    found = []
    for question in every_question(questions, {name: list(dict.fromkeys(values)) for name, values in rows.items()}):
        pair = [{name: values[name] for name in values if belongs(name, question.id)} for values in (mine, theirs)]
        if any(_said(pair[0], name) != _said(pair[1], name) for name in {*pair[0], *pair[1]}):
            mine_said, theirs_said = (_in_words(question, values) for values in pair)
            lang = "" if question.lang == get_language() else question.lang
            label, keep_name = label_in_row(question), f"{KEEP}{question.id}"
            found.append(Rival(question, label, lang, mine_said, theirs_said, keep_name))
    return found


def _in_words(question: Question, values: Mapping[str, list[str]]) -> str:
    """What was typed, as the summary would show it; as it was typed where it is no answer."""
    form = StepForm([question], MultiValueDict(values), waiting={})
    form.is_valid()
    said = question.field_type.display(form.kept()[question.id], question) if question.id in form.cleaned_data else ""
    typed = " ".join(value for parts in values.values() for value in parts if value.strip())
    return said or typed or _("Nothing")
