"""A published procedure as the wizard and the inbox read it: frozen, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from procedures.plugins import Condition, Question

ACCEPTANCE, REFUSAL, NO_EFFECT = "acceptance", "refusal", "none"
DAYS, WEEKS, MONTHS = "days", "weeks", "months"


@dataclass(frozen=True)
class Rules:
    """What the law and the department set for a procedure."""

    silence_effect: str
    """What silence means after ``delay``: acceptance, refusal or none (CRPA L231-1, L231-4)."""
    delay: int
    delay_unit: str
    """days, weeks or months."""
    announced_delay_days: int
    """The answer delay the town promises, in days."""
    retention_months: int
    """Months the file is kept after closing."""
    department_id: int
    """Source row of ``directory.Department``."""
    alternative: str
    """How to do it without internet: rich text, HTML ready to show."""
    declaration: str
    """What the resident certifies before sending."""
    confirmation: str
    """What the receipt adds: rich text, HTML ready to show; may be empty."""
    purpose: str
    """What the personal data is for."""
    remedies: str
    """Remedies and their time limits when silence means refusal (CRPA R112-11-1)."""
    langs: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Language of each text under its name, ``alternative`` for instance."""


@dataclass(frozen=True)
class Step:
    """One screen of the wizard. ``key`` ("1", "2"…) is its place in this version, for addresses."""

    key: str
    id: str
    title: str
    intro: str
    """Rich text, HTML ready to show."""
    condition: Condition | None
    questions: tuple[Question, ...]
    lang: str = "fr"
    intro_lang: str = "fr"


@dataclass(frozen=True)
class Definition:
    """All the steps of a version, worded in ``language``; each text says its own ``lang``."""

    title: str
    language: str
    steps: tuple[Step, ...]
    rules: Rules
    lang: str = "fr"
    """Language of the title."""

    def questions(self) -> Iterator[Question]:
        """Every question, in the order they are asked."""
        for step in self.steps:
            yield from step.questions

    @cached_property
    def question_by_id(self) -> dict[str, Question]:
        """Questions under their ids."""
        return {question.id: question for question in self.questions()}

    @cached_property
    def step_by_key(self) -> dict[str, Step]:
        """Steps under their keys."""
        return {step.key: step for step in self.steps}
