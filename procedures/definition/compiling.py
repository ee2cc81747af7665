"""From a page and its translations to the JSON of a version.

The structure (steps, questions, obligations, conditions, options) is the source page's;
translations only bring words, under the same block ids. A text that a translation left as
it was in the source is not kept: it reads as missing, and is shown marked as French.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from wagtail.blocks import StreamValue
from wagtail.rich_text import expand_db_html

from procedures.definition.compiled import kept_files_months
from procedures.definition.outline import (
    QUESTIONS,
    Scope,
    asked_outside_groups,
    condition_of,
    placed,
    question_of,
    text_of,
)
from procedures.definition.standard_texts import standard_texts
from procedures.plugins import Condition, Question

if TYPE_CHECKING:
    from procedures.definition.models import ProcedurePage

FORMAT = 2
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
        **_outcomes(source),
        "rules": {
            "silence_effect": source.silence_effect,
            "delay": source.delay,
            "delay_unit": source.delay_unit,
            "announced_delay_days": source.announced_delay_days,
            "announced_delay_unit": source.announced_delay_unit,
            "retention_months": source.retention_months,
            # What residents are told when they file holds, whatever the town's usual time becomes.
            "files_months": kept_files_months(source.files_months, source.retention_months),
            "department_id": source.department_id,
        },
        "texts": texts,
    }


def _structure(steps: StreamValue) -> list[dict[str, Any]]:
    """Steps, each with its sections and questions as one list; a section and a group hold their own."""
    scope, compiled = Scope(), {}
    roots: list[dict[str, Any]] = []
    for block in placed(steps):
        condition = condition_of(block.child.value["condition"], scope.at(block))
        made: dict[str, Any] = {"id": block.child.id, "type": block.kind, "condition": as_json(condition)}
        if block.is_question:
            question = question_of(block.child)
            scope.add(block, question)
            made |= _question(question)
        if QUESTIONS in block.child.value:
            made[QUESTIONS] = []
        compiled[block.path] = made
        (roots if len(block.path) == 1 else compiled[block.path[:-2]][QUESTIONS]).append(made)
    return roots


def _outcomes(source: ProcedurePage) -> dict[str, Any]:
    """Routes and fees."""
    asked = asked_outside_groups(source.steps)
    return {
        "routes": [
            {
                "condition": as_json(condition_of(route.value["condition"], asked)),
                "department_id": route.value["department"],
                "agent_id": route.value["agent"],
                "announced_delay_days": route.value["announced_delay_days"],
            }
            for route in source.routes
        ],
        "fees": [
            {
                "id": fee.id,
                "condition": as_json(condition_of(fee.value["condition"], asked)),
                "amount_cents": int(fee.value["amount"] * 100),
                "times": fee.value["times"],
            }
            for fee in source.fees
        ],
    }


def _question(question: Question) -> dict[str, Any]:
    words = question.field_type.words
    return {
        "required": question.required,
        "choices": [choice.id for choice in question.choices],
        "parents": {choice.id: choice.parent for choice in question.choices if choice.parent},
        "options": {name: value for name, value in question.options.items() if name not in words},
        "checks": [[slug, dict(options)] for slug, options in question.checks],
        "prefill": list(question.prefill) if question.prefill else None,
    }


def as_json(condition: Condition | None) -> dict[str, Any] | None:
    """A condition as the version keeps it: rules, and groups of rules among them."""
    if condition is None:
        return None
    rules = [as_json(rule) if isinstance(rule, Condition) else rule._asdict() for rule in condition.rules]
    return {"match_all": condition.match_all, "rules": rules}


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
    for block in placed(page.steps):
        value = block.child.value
        if block.is_question:
            question = question_of(block.child)
            words = {name: expand_db_html(question.options[name]) for name in question.field_type.words}
            texts[question.id] = {"label": question.label, "help": question.help, **words}
            texts |= {choice_key(question.id, choice.id): {"label": choice.label} for choice in question.choices}
        else:
            texts[block.child.id] = {
                "title": value["title"],
                "intro": expand_db_html(text_of(value["introduction"])),
            }
    return texts | _fee_texts(page)


def _fee_texts(page: ProcedurePage) -> Texts:
    return {fee.id: {"label": fee.value["label"]} for fee in page.fees}


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
