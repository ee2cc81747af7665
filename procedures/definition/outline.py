"""From the blocks of the editor to questions and conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue, StructValue

from procedures.plugins import Choice, Condition, Path, Question, Rule, operators, validators

CHOICES, CHECKS, PREFILL, QUESTIONS = "choices", "checks", "prefill", "questions"
STEP, SECTION = "step", "section"
NEVER = Condition(match_all=False, rules=())
"""Switched off for now."""


class Placed(NamedTuple):
    """A block of the editor and where it stands."""

    path: Path
    kind: str
    """step, section, or the type of a question."""
    child: StreamValue.StreamChild
    group: StreamValue.StreamChild | None = None
    """The repeated group around it."""

    @property
    def is_question(self) -> bool:
        """Whether it is no step and no section."""
        return self.kind not in (STEP, SECTION)


def placed(steps: StreamValue) -> Iterator[Placed]:
    """Every step, section and question, in the order of the page."""
    for place, step in enumerate(steps):
        yield Placed((place,), STEP, step)
        yield from _inside(step, (place, QUESTIONS), None)


def _inside(around: StreamValue.StreamChild, path: Path, group: StreamValue.StreamChild | None) -> Iterator[Placed]:
    for position, child in enumerate(around.value[QUESTIONS]):
        here = (*path, position)
        yield Placed(here, child.block_type, child, group)
        if QUESTIONS in child.value:
            nested = None if child.block_type == SECTION else child
            yield from _inside(child, (*here, QUESTIONS), nested)


def question_of(child: StreamValue.StreamChild) -> Question:
    """The question a block holds, without its condition, as its own page words it."""
    value, kind = child.value, child.block.field_type
    return Question(
        id=child.id,
        type=child.block_type,
        label=value["label"],
        help=value.get("help_text", ""),
        required=value.get("required", False),
        choices=tuple(_choices(value[CHOICES])) if CHOICES in value else (),
        options={**kind.compile_options(value), **{name: text_of(value[name]) for name in kind.words}},
        checks=tuple(_check(check) for check in value.get(CHECKS) or ()),
        prefill=_prefill(value.get(PREFILL)),
        questions=tuple(question_of(inner) for inner in value[QUESTIONS]) if kind.nests else (),
    )


def _choices(items: Any, parent: str = "") -> Iterator[Choice]:
    """The choices of a list; an item that holds a list of its own comes before its children."""
    for item in items.bound_blocks:
        if isinstance(item.value, StructValue):
            yield Choice(item.id, item.value["label"], parent=parent)
            yield from _choices(item.value[CHOICES], item.id)
        else:
            yield Choice(item.id, item.value, parent=parent)


def _check(child: StreamValue.StreamChild) -> tuple[str, dict[str, Any]]:
    names = validators[child.block_type].option_blocks()
    return child.block_type, {name: child.value[name] for name in names}


def _prefill(value: StructValue | None) -> tuple[str, str, bool] | None:
    return (value["source"], value["key"], value["locked"]) if value and value["source"] else None


def text_of(value: Any) -> str:
    """The source of a text block, plain or rich."""
    return str(getattr(value, "source", value) or "")


class Scope:
    """The questions that a condition may look at: those asked before it; inside a group, those of its row too."""

    def __init__(self) -> None:
        self.outside: dict[str, Question] = {}
        self.row: dict[str, Question] = {}
        self.known: set[str] = set()
        """Ids of all questions asked so far, those in rows too."""
        self._group = ""

    def at(self, block: Placed) -> Mapping[str, Question]:
        """What ``block``'s condition may look at. Call for each block in order, then ``add`` it."""
        if (block.group.id if block.group else "") != self._group:
            self.row, self._group = {}, block.group.id if block.group else ""
        return {**self.outside, **self.row}

    def add(self, block: Placed, question: Question) -> None:
        """Let what follows look at the question of ``block``."""
        (self.row if block.group else self.outside)[question.id] = question
        self.known.add(question.id)


def asked_outside_groups(steps: StreamValue) -> dict[str, Question]:
    """What routes and fees may look at, whatever the step: they are decided once everything is answered."""
    return {
        block.child.id: question_of(block.child) for block in placed(steps) if block.is_question and not block.group
    }


def rule_of(value: StructValue, earlier: Mapping[str, Question]) -> Rule:
    """The rule a block holds.

    Args:
        earlier: the questions asked before, by id: a condition looks back only.

    Raises:
        ValidationError: with a message under the name of the field at fault.
    """
    question = earlier.get(value["question"])
    if question is None:
        raise ValidationError(
            {"question": _("Choose a question that is asked before this one; the one chosen here is not, or is gone.")}
        )
    operator = operators.by_slug.get(value["operator"])
    if operator is None or operator.slug not in question.field_type.operators:
        raise ValidationError({"operator": _("This comparison does not go with this question.")})
    if not operator.needs_value:
        return Rule(question.id, operator.slug)
    try:
        compared = question.field_type.compared(value["value"], question)
    except ValidationError as error:
        raise ValidationError({"value": error.messages}) from error
    if compared is None:
        raise ValidationError({"value": _("Choose or type the answer to compare with.")})
    return Rule(question.id, operator.slug, compared)


def condition_of(value: StructValue, earlier: Mapping[str, Question]) -> Condition | None:
    """The condition a block holds; None when it has no rule. Raises ValidationError as ``rule_of``."""
    if value["match"] == "never":
        return NEVER
    rules: list[Rule | Condition] = [rule_of(rule, earlier) for rule in value["rules"]]
    for group in value.get("groups") or ():
        if group["rules"]:
            rules.append(Condition(group["match"] == "all", tuple(rule_of(rule, earlier) for rule in group["rules"])))
    return Condition(value["match"] == "all", tuple(rules)) if rules else None


def rules_in(value: StructValue) -> Iterator[tuple[Path, StructValue]]:
    """Every rule block of a condition, and where it stands below it."""
    for position, rule in enumerate(value["rules"]):
        yield ("rules", position), rule
    for place, group in enumerate(value.get("groups") or ()):
        for position, rule in enumerate(group["rules"]):
            yield ("groups", place, "rules", position), rule


def references_in(block: Placed) -> Iterator[tuple[Path, str]]:
    """Every question that the options of a question name, and where they do."""
    names = block.child.block.field_type.references if block.is_question else ()
    for name in names:
        for position, asked in enumerate(block.child.value[name]):
            yield (*block.path, name, position), asked
