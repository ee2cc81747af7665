"""What would stop a resident, found before publishing and told where it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue, StructValue

from procedures.definition.outline import question_of, rule_of
from procedures.plugins import Question

Place = tuple[int | str, ...]


@dataclass(frozen=True)
class Problem:
    """A message and the block it is about: positions in lists, names in structures."""

    path: Place
    message: str


def find_problems(steps: StreamValue) -> list[Problem]:
    """Everything wrong between the blocks of a procedure, each of which is right by itself."""
    if not steps:
        return [Problem((), _("A procedure needs at least one step."))]
    return [*_repeated_titles(steps), *_repeated_labels(steps), *_unmet_conditions(steps)]


def _repeated_titles(steps: StreamValue) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, step in enumerate(steps):
        title = _plain(step.value["title"])
        if title in seen:
            yield Problem((place, "title"), _("Another step has this title already."))
        seen.add(title)


def _repeated_labels(steps: StreamValue) -> Iterator[Problem]:
    for place, step in enumerate(steps):
        seen: set[str] = set()
        for position, child in enumerate(step.value["questions"]):
            label = _plain(child.value["label"])
            if label in seen:
                yield Problem(
                    (place, "questions", position, "label"),
                    _("Another question of this step has this wording already: nobody could tell them apart."),
                )
            seen.add(label)


def _unmet_conditions(steps: StreamValue) -> Iterator[Problem]:
    earlier: dict[str, Question] = {}
    for place, step in enumerate(steps):
        yield from _condition_problems(step.value["condition"], (place, "condition"), earlier)
        for position, child in enumerate(step.value["questions"]):
            path = (place, "questions", position)
            yield from _condition_problems(child.value["condition"], (*path, "condition"), earlier)
            earlier[child.id] = question_of(child)


def _condition_problems(condition: StructValue, path: Place, earlier: dict[str, Question]) -> Iterator[Problem]:
    for position, rule in enumerate(condition["rules"]):
        try:
            rule_of(rule, earlier)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield Problem((*path, "rules", position, name), " ".join(messages))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
