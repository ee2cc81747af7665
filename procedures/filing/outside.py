"""What comes by a channel that is no form: which question it answers, and what is kept beside the questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from procedures.definition.compiled import Definition
from procedures.fields.persons import REQUESTER, whose
from procedures.inbox.received import Answer
from procedures.plugins import Kept, Question, field_types

CLAIMED = ("email", "tel", "name", "given-name", "family-name")
"""What a channel knows of the person who asks without a question."""


def claim_of(question: Question) -> str:
    """What a question asks of the person who asks, if other channels know it without asking; else nothing."""
    if whose(question) != REQUESTER or not question.field_type.asks:
        return ""
    purpose = question.options.get("purpose")
    claim = str(purpose) if purpose is not None else next(iter(question.field_type.tokens), "")
    return claim if claim in CLAIMED else ""


def first_of(definition: Definition, slugs: Mapping[str, str]) -> dict[str, str]:
    """The id of the first question of each type among ``slugs``, under the name that ``slugs`` gives the type."""
    found: dict[str, str] = {}
    for question in askable(definition):
        if question.type in slugs:
            found.setdefault(slugs[question.type], question.id)
    return found


def askable(definition: Definition) -> Iterator[Question]:
    """The questions that words can answer: no files, no rows."""
    for step in definition.steps:
        yield from (question for question in step.questions if question.field_type.asks and can_be_said(question))


def can_be_said(question: Question) -> bool:
    """Whether words can answer it."""
    return not (question.field_type.takes_files or question.field_type.nests)


def kept_beside(language: str, slug: str, id: str, label: Promise, kept: Kept) -> Answer:
    """Something said that the procedure has no question for, as an answer of the type ``slug``."""
    kind = field_types[slug]
    question = replace(kind.sample(), id=id)
    words: dict[str, str] = {}
    for prefix, code in (("", language), ("agent_", settings.LANGUAGE_CODE)):
        with translation.override(code):
            words |= {f"{prefix}label": str(label), f"{prefix}shown": kind.display(kept, question)}
    return Answer(question_id=id, type=slug, value=kept, searchable=kind.searchable(kept), **words)
