"""A published procedure as the wizard and the inbox read it: frozen, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings

from procedures.plugins import Condition, Question

ACCEPTANCE, REFUSAL, NO_EFFECT = "acceptance", "refusal", "none"
DAYS, WEEKS, MONTHS = "days", "weeks", "months"
WORKING_DAYS = "working_days"


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
    announced_delay_unit: str = DAYS
    """days (of the calendar) or working_days."""
    files_months: int | None = None
    """Months documents are kept after closing, as it was on the day of publication; None: the town's usual time."""

    @property
    def kept_files_months(self) -> int:
        """Months documents are kept after closing, never more than the rest."""
        return kept_files_months(self.files_months, self.retention_months)


def kept_files_months(chosen: int | None, retention_months: int) -> int:
    """Months documents are kept where the rest is for ``retention_months``: ``chosen``, else the town's usual time."""
    return min(chosen or settings.RETENTION_FILES_MONTHS or retention_months, retention_months)


@dataclass(frozen=True)
class Section:
    """Questions of a step that belong together; those outside any section are in sections without a title."""

    id: str
    title: str
    intro: str
    """Rich text, HTML ready to show."""
    condition: Condition | None
    questions: tuple[Question, ...]
    lang: str = "fr"
    intro_lang: str = "fr"


@dataclass(frozen=True)
class Step:
    """One screen of the wizard. ``key`` ("1", "2"…) is its place in this version, for addresses."""

    key: str
    id: str
    title: str
    intro: str
    """Rich text, HTML ready to show."""
    condition: Condition | None
    sections: tuple[Section, ...]
    lang: str = "fr"
    intro_lang: str = "fr"

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions of all its sections; a group is one question."""
        return tuple(question for section in self.sections for question in section.questions)


@dataclass(frozen=True)
class Route:
    """Where a request goes whose answers meet the condition; the first route that fits wins."""

    condition: Condition | None
    department_id: int | None
    """Source row of ``directory.Department``; None: the procedure's own."""
    agent_id: int | None
    """The agent in charge; None: nobody yet."""
    announced_delay_days: int | None = None
    """What that department promises; None: what the procedure does."""


@dataclass(frozen=True)
class Fee:
    """An amount that is due when the condition holds; amounts add up."""

    label: str
    condition: Condition | None
    amount_cents: int
    times: str
    """Id of the question whose number multiplies the amount; "" for once."""
    lang: str = "fr"


@dataclass(frozen=True)
class Definition:
    """All the steps of a version, worded in ``language``; each text says its own ``lang``."""

    title: str
    language: str
    steps: tuple[Step, ...]
    rules: Rules
    lang: str = "fr"
    """Language of the title."""
    routes: tuple[Route, ...] = ()
    fees: tuple[Fee, ...] = ()

    def questions(self) -> Iterator[Question]:
        """Every question, in the order they are asked; those of a group after the group."""
        for step in self.steps:
            for question in step.questions:
                yield question
                yield from question.questions

    @cached_property
    def question_by_id(self) -> dict[str, Question]:
        """Questions under the ids of their blocks."""
        return {question.id: question for question in self.questions()}

    @cached_property
    def step_by_key(self) -> dict[str, Step]:
        """Steps under their keys."""
        return {step.key: step for step in self.steps}
