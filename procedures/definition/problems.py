"""What would stop a resident, found before publishing and told where it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue, StructValue

from procedures.definition.outline import Scope, placed, question_of, references_in, rule_of, rules_in
from procedures.plugins import Path, Question


@dataclass(frozen=True)
class Problem:
    """A message and the block it is about: positions in lists, names in structures."""

    path: Path
    message: str


def find_problems(steps: StreamValue) -> list[Problem]:
    """Everything wrong between the blocks of a procedure, each of which is right by itself."""
    if not steps:
        return [Problem((), _("A procedure needs at least one step."))]
    return [*_repeated_titles(steps), *_repeated_labels(steps), *_unmet_conditions(steps)]


def wording_problems(steps: StreamValue) -> list[Problem]:
    """Words that stand twice where nobody could tell them apart."""
    return [*_repeated_titles(steps), *_repeated_labels(steps)]


def reference_problems(steps: StreamValue) -> list[Problem]:
    """Conditions and options that name a question which is not asked before, or compare it with nonsense."""
    return list(_unmet_conditions(steps))


def _repeated_titles(steps: StreamValue) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, step in enumerate(steps):
        title = _plain(step.value["title"])
        if title in seen:
            yield Problem((place, "title"), _("Another step has this title already."))
        seen.add(title)


def _repeated_labels(steps: StreamValue) -> Iterator[Problem]:
    """Two questions of one list (a step, a section, a group) that nobody could tell apart."""
    seen: dict[Path, set[str]] = {}
    for block in placed(steps):
        if block.is_question and block.child.block.field_type.asks:
            label, known = _plain(block.child.value["label"]), seen.setdefault(block.path[:-1], set())
            if label in known:
                yield Problem(
                    (*block.path, "label"),
                    _("Another question of this step has this wording already: nobody could tell them apart."),
                )
            known.add(label)


def _unmet_conditions(steps: StreamValue) -> Iterator[Problem]:
    scope = Scope()
    for block in placed(steps):
        yield from condition_problems(block.child.value["condition"], (*block.path, "condition"), scope.at(block))
        for path, asked in references_in(block):
            if asked not in scope.known:
                yield Problem(path, _("Choose a question that is asked before this one."))
        if block.is_question:
            scope.add(block, question_of(block.child))


def condition_problems(condition: StructValue, path: Path, earlier: Mapping[str, Question]) -> Iterator[Problem]:
    """What is wrong with the rules of a condition that stands at ``path``."""
    for below, rule in rules_in(condition):
        try:
            rule_of(rule, earlier)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield Problem((*path, *below, name), " ".join(messages))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
