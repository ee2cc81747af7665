"""Which steps, sections and questions are shown, given the answers so far.

A condition looks back only, and an answer to a question that is not shown does not count:
whatever was typed before the resident changed their mind has no effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from procedures.definition.compiled import Definition, Section, Step
from procedures.definition.rows import row_question, rows_of
from procedures.plugins import Condition, Kept, Question, Rule, operators

Answers = Mapping[str, Kept]
"""Kept answers under their question's id."""


@dataclass(frozen=True)
class Path:
    """A resident's way through a procedure: what is shown, and the answers that count."""

    steps: tuple[Step, ...]
    questions: dict[str, tuple[Question, ...]]
    """Shown questions under their step's key; a group is followed by the questions of its rows."""
    answers: dict[str, Kept]
    """Answers to shown questions."""
    section_of: dict[str, Section] = field(default_factory=dict)
    """The section of each shown question, by the question's id."""


class InRow(Mapping[str, Kept]):
    """Answers as a row of a group sees them: its own under their short ids, then all others."""

    def __init__(self, answers: Answers, group: Question, row: str) -> None:
        self.answers, self.prefix = answers, f"{group.id}.{row}."
        self.own = {question.id for question in group.questions}

    def __getitem__(self, id: str) -> Kept:
        return self.answers[f"{self.prefix}{id}" if id in self.own else id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.answers)

    def __len__(self) -> int:
        return len(self.answers)


def holds(condition: Condition | None, answers: Answers) -> bool:
    """Tell whether a condition is met by ``answers`` (those that count)."""
    if condition is None:
        return True
    known, wanted = operators.by_slug, not condition.match_all
    for rule in condition.rules:
        if isinstance(rule, Rule):
            operator = known.get(rule.operator)  # None: its package is gone, and nobody can tell
            met = operator is not None and operator.holds(answers.get(rule.question_id), rule.value)
        else:
            met = holds(rule, answers)
        if met is wanted:  # one that fails settles « all », one that holds settles « any »
            return wanted
    return not wanted


def walk(definition: Definition, answers: Answers, until: str = "") -> Path:
    """Follow the procedure from its first question, as the resident does; no further than the step ``until``."""
    path = Path((), {}, {})
    steps: list[Step] = []
    last = definition.step_by_key.get(until)
    for step in definition.steps:
        shown = tuple(_shown(step, answers, path))
        if any(question.field_type.asks or question.type == CONTENT for question in shown):
            steps.append(step)
            path.questions[step.key] = shown
        if step is last:
            break
    return Path(tuple(steps), path.questions, path.answers, path.section_of)


CONTENT = "content"
"""Type of question that is only read: a step may hold nothing else."""


def visible_steps(definition: Definition, answers: Answers) -> tuple[Step, ...]:
    """The steps that have something to ask or to say."""
    return walk(definition, answers).steps


def visible_questions(definition: Definition, step: Step, answers: Answers) -> tuple[Question, ...]:
    """The questions of ``step`` that are shown; none when the step itself is not."""
    return walk(definition, answers).questions.get(step.key, ())


def _shown(step: Step, answers: Answers, path: Path) -> Iterator[Question]:
    """The questions of a step that are shown; their answers are added to those that count."""
    counted = path.answers
    if step.condition and not holds(step.condition, counted):
        return
    for section in step.sections:
        if section.condition and not holds(section.condition, counted):
            continue
        for question in section.questions:
            if question.condition is None or holds(question.condition, counted):
                for shown in _with_rows(question, answers, counted):
                    path.section_of[shown.id] = section
                    yield shown


def _with_rows(question: Question, answers: Answers, counted: dict[str, Kept]) -> Iterator[Question]:
    """A shown question, and for a group the questions of its rows that are shown."""
    kind = question.field_type
    if not kind.asks:
        computed = kind.compute(question, counted)
        if computed is not None:
            counted[question.id] = computed
    elif question.id in answers:
        counted[question.id] = answers[question.id]
    yield question
    if not kind.nests:
        return
    for number, row in enumerate(rows_of(question, answers), start=1):
        scope = InRow(counted, question, row)
        for child in question.questions:
            if holds(child.condition, scope):
                expanded = row_question(question, row, number, child)
                if not child.field_type.asks:
                    computed = child.field_type.compute(child, scope)
                    if computed is not None:
                        counted[expanded.id] = computed
                elif expanded.id in answers:
                    counted[expanded.id] = answers[expanded.id]
                yield expanded
