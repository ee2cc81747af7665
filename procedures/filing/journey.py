"""Where a resident stands: which steps there are for them, and the first they have not answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from procedures.definition.compiled import Definition, Step
from procedures.definition.conditions import Path, walk
from procedures.plugins import Kept, Question

SUMMARY = "verifier"
"""Key of the last step, where everything is read once more and sent."""


@dataclass(frozen=True)
class Journey:
    """A draft's answers laid over its version.

    A question is settled when ``answers`` has its id, be the answer None: the resident saw
    it and left it empty. So a question that a newer answer brings up is asked, not skipped.
    """

    definition: Definition
    answers: Mapping[str, Kept]

    @cached_property
    def path(self) -> Path:
        """What is shown, and the answers that count."""
        return walk(self.definition, self.answers)

    @cached_property
    def keys(self) -> list[str]:
        """Keys of the steps that are shown, the summary last."""
        return [*(step.key for step in self.path.steps), SUMMARY]

    @cached_property
    def first_unsettled(self) -> str:
        """Key of the first step that still has something to ask; the summary when none has."""
        for step in self.path.steps:
            if any(question.id not in self.path.answers for question in self.asked(step)):
                return step.key
        return SUMMARY

    @property
    def is_complete(self) -> bool:
        """Tell whether the request can be sent."""
        return self.first_unsettled == SUMMARY

    def questions(self, step: Step) -> tuple[Question, ...]:
        """The questions of a step that are shown."""
        return self.path.questions.get(step.key, ())

    def asked(self, step: Step) -> tuple[Question, ...]:
        """Those of them that somebody has to answer."""
        return tuple(question for question in self.questions(step) if question.field_type.asks)

    def may_open(self, key: str) -> bool:
        """Tell whether ``key`` is shown and everything before it is settled."""
        return key in self.keys and self.keys.index(key) <= self.keys.index(self.first_unsettled)

    def after(self, key: str) -> str:
        """Key of the step that follows ``key`` in the definition and is shown."""
        order = [*(step.key for step in self.definition.steps), SUMMARY]
        following = order[order.index(key) + 1 :]
        return next((other for other in following if other in self.keys), SUMMARY)
