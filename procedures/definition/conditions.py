"""Which steps and questions are shown, given the answers so far.

A condition looks back only, and an answer to a question that is not shown does not count:
whatever was typed before the resident changed their mind has no effect.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from procedures.definition.compiled import Definition, Step
from procedures.plugins import Condition, Kept, Question, operators

Answers = Mapping[str, Kept]
"""Kept answers under their question's id."""


@dataclass(frozen=True)
class Path:
    """A resident's way through a procedure: what is shown, and the answers that count."""

    steps: tuple[Step, ...]
    questions: dict[str, tuple[Question, ...]]
    """Shown questions under their step's key."""
    answers: dict[str, Kept]
    """Answers to shown questions."""


def holds(condition: Condition | None, answers: Answers) -> bool:
    """Tell whether a condition is met by ``answers`` (those that count)."""
    if condition is None or not condition.rules:
        return True
    met = (operators[rule.operator].holds(answers.get(rule.question_id), rule.value) for rule in condition.rules)
    return all(met) if condition.match_all else any(met)


def walk(definition: Definition, answers: Answers) -> Path:
    """Follow the procedure from its first question, as the resident does."""
    counted: dict[str, Kept] = {}
    steps: list[Step] = []
    questions: dict[str, tuple[Question, ...]] = {}
    for step in definition.steps:
        shown = _shown(step, answers, counted)
        if shown:
            steps.append(step)
            questions[step.key] = shown
    return Path(tuple(steps), questions, counted)


def visible_steps(definition: Definition, answers: Answers) -> tuple[Step, ...]:
    """The steps that have something to ask."""
    return walk(definition, answers).steps


def visible_questions(definition: Definition, step: Step, answers: Answers) -> tuple[Question, ...]:
    """The questions of ``step`` that are shown; none when the step itself is not."""
    return walk(definition, answers).questions.get(step.key, ())


def _shown(step: Step, answers: Answers, counted: dict[str, Kept]) -> tuple[Question, ...]:
    """The questions of a step that are shown; their answers are added to ``counted``."""
    if not holds(step.condition, counted):
        return ()
    shown: list[Question] = []
    for question in step.questions:
        if holds(question.condition, counted):
            shown.append(question)
            if question.id in answers:
                counted[question.id] = answers[question.id]
    return tuple(shown)
