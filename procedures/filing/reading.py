"""Make sense of one posted step: which questions it answers, well or badly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from procedures.definition.compiled import Definition, Step
from procedures.definition.conditions import walk
from procedures.definition.rows import every_question
from procedures.filing.forms import StepForm
from procedures.filing.storage import Change
from procedures.filing.tabs import Mark
from procedures.filing.typed import KEPT_CHARACTERS, Typed, merge
from procedures.plugins import Kept, Question


@dataclass(frozen=True)
class Before:
    """What the draft holds when a post arrives."""

    answers: Mapping[str, Kept]
    typed: Mapping[str, list[str]]
    """In this step."""
    waiting: Mapping[str, Sequence[Any]]
    """Files by question."""


@dataclass(frozen=True)
class Reading:
    """A posted step, understood."""

    form: StepForm
    change: Change
    new_questions: tuple[Question, ...]
    """Questions that this very post brings up: not seen yet, so not wrong."""

    @property
    def is_valid(self) -> bool:
        """Tell whether the resident may go on."""
        return self.form.is_valid() and not self.new_questions


def read_step(
    definition: Definition,
    step: Step,
    typed: Typed,
    before: Before,
    refused: Mapping[str, Sequence[Any]],
    mark: Mark | None = None,
) -> Reading:
    """Clean the post against the questions that it shows.

    A condition may look at a question of the same step: cleaning is repeated until the
    questions shown are those that the cleaned answers call for.
    """
    own = {question.id for question in step.questions}
    seen = {question.id for question in _called_for(definition, step, before.answers)}
    elsewhere = {key: kept for key, kept in before.answers.items() if key.partition(".")[0] not in own}
    elsewhere |= typed.rows(step.questions)
    # Most often what is posted is what is called for: the first guess is then the last.
    shown = tuple(question for question in every_question(step.questions, elsewhere) if typed.has(question))
    for _depth in range(len(step.questions) + 2):
        form = _form(shown, typed, before, refused)
        called_for = _called_for(definition, step, {**elsewhere, **form.kept()})
        if called_for == shown:
            break
        shown = called_for
    new = tuple(question for question in shown if _is_news(question, seen, typed))
    unseen = {question.id for question in new}
    form.overlook(unseen)
    asked = frozenset(question.id for question in shown) - unseen
    answers = {key: value for key, value in form.kept().items() if key not in unseen}
    change = Change(step.key, merge(before.typed, typed, asked), asked, answers, mark)
    form.data = MultiValueDict(change.typed)  # what was typed in a question before it was hidden comes back with it
    return Reading(form, change, new)


def _called_for(definition: Definition, step: Step, answers: Mapping[str, Kept]) -> tuple[Question, ...]:
    """The questions of the step that answers bring up; later steps change nothing of it."""
    return walk(definition, answers, until=step.key).questions.get(step.key, ())


def _is_news(question: Question, seen: set[str], typed: Typed) -> bool:
    """Whether the resident has not had the question before their eyes yet."""
    return question.field_type.asks and question.id not in seen and not typed.has(question)


def _form(shown: tuple[Question, ...], typed: Typed, before: Before, refused: Mapping[str, Sequence[Any]]) -> StepForm:
    form = StepForm(shown, typed.as_post(), waiting=before.waiting)
    form.is_valid()
    for question_id, messages in refused.items():
        form.refuse(question_id, messages)
    for question_id in typed.cut & form.fields.keys():
        length = {"limit": KEPT_CHARACTERS}
        form.refuse(question_id, [_("This text is too long: only its first %(limit)s characters were kept.") % length])
    for question_id in typed.spoiled & form.fields.keys():
        form.refuse(
            question_id,
            [_("This text held characters that cannot be written down; they were left out. Read it again.")],
        )
    return form
