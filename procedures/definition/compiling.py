"""From a page and its translations to the JSON of a version.

The structure (steps, questions, obligations, conditions, options) is the source page's;
translations only bring words, under the same block ids. A text that a translation left as
it was in the source is not kept: it reads as missing, and is shown marked as French.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from wagtail.blocks import StreamValue
from wagtail.rich_text import expand_db_html

from procedures.definition.outline import CHOICES, condition_of, question_of
from procedures.definition.standard_texts import standard_texts
from procedures.plugins import Condition, Question

if TYPE_CHECKING:
    from procedures.definition.models import ProcedurePage

FORMAT = 1
PAGE = "page"
"""Key of the texts that belong to no block."""
Texts = dict[str, dict[str, str]]
"""Texts by name, under the id of their block or ``PAGE``."""


def compile_page(source: ProcedurePage, translations: Iterable[ProcedurePage]) -> dict[str, Any]:
    """Everything a version needs to be read for ever, without any page.

    Raises:
        ValidationError: a condition that cannot be met; ``find_problems`` says where.
    """
    own = _texts(source)
    texts = {code: {PAGE: dict(words)} for code, words in _standard_texts().items()}
    _overlay(texts, source.locale.language_code, own)
    for page in translations:
        _overlay(texts, page.locale.language_code, _translated(_texts(page), own))
    return {
        "format": FORMAT,
        "source": source.locale.language_code,
        "languages": sorted({source.locale.language_code, *(page.locale.language_code for page in translations)}),
        "steps": _structure(source.steps),
        "rules": {
            "silence_effect": source.silence_effect,
            "delay": source.delay,
            "delay_unit": source.delay_unit,
            "announced_delay_days": source.announced_delay_days,
            "retention_months": source.retention_months,
            "department_id": source.department_id,
        },
        "texts": texts,
    }


def _structure(steps: StreamValue) -> list[dict[str, Any]]:
    earlier: dict[str, Question] = {}
    compiled = []
    for step in steps:
        condition = condition_of(step.value["condition"], earlier)
        questions = []
        for child in step.value["questions"]:
            question = question_of(child)
            questions.append(_question(question, condition_of(child.value["condition"], earlier)))
            earlier[question.id] = question
        compiled.append({"id": step.id, "condition": _condition(condition), "questions": questions})
    return compiled


def _question(question: Question, condition: Condition | None) -> dict[str, Any]:
    return {
        "id": question.id,
        "type": question.type,
        "required": question.required,
        "condition": _condition(condition),
        "choices": [choice.id for choice in question.choices],
        "options": dict(question.options),
    }


def _condition(condition: Condition | None) -> dict[str, Any] | None:
    return None if condition is None else asdict(condition)


def _texts(page: ProcedurePage) -> Texts:
    texts: Texts = {
        PAGE: {
            "title": page.title,
            "alternative": expand_db_html(page.alternative),
            "declaration": page.declaration,
            "confirmation": expand_db_html(page.confirmation),
            "purpose": page.purpose,
            "remedies": page.remedies,
        }
    }
    for step in page.steps:
        introduction = step.value["introduction"]
        texts[step.id] = {
            "title": step.value["title"],
            "intro": expand_db_html(introduction.source) if introduction else "",
        }
        for child in step.value["questions"]:
            texts[child.id] = {"label": child.value["label"], "help": child.value["help_text"]}
            if CHOICES in child.value:
                items = child.value[CHOICES].bound_blocks
                texts |= {choice_key(child.id, item.id): {"label": item.value} for item in items}
    return texts


def choice_key(question_id: str, choice_id: str) -> str:
    """The key of a choice's texts."""
    return f"{question_id}/{choice_id}"


def _translated(texts: Texts, own: Texts) -> Texts:
    """What differs from the source's own words."""
    return {
        key: {name: text for name, text in words.items() if text != own.get(key, {}).get(name)}
        for key, words in texts.items()
        if key in own
    }


def _overlay(texts: dict[str, Texts], language: str, words: Texts) -> None:
    """Lay what is written over what is there; an empty text hides nothing."""
    known = texts.setdefault(language, {})
    for key, by_name in words.items():
        written = {name: text for name, text in by_name.items() if text}
        if written:
            known[key] = known.get(key, {}) | written


def _standard_texts() -> Mapping[str, Mapping[str, str]]:
    """The texts a department may leave empty, in every language of the site."""
    texts = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            texts[code] = standard_texts()
    return texts
