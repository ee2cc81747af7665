"""A few answers that stand for all: whatever a condition can tell apart, one of them shows it.

Two answers for which every comparison says the same lead to the same questions. So it is enough
to try one answer of each kind: the values compared with, those just around them, another one, none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import NamedTuple

from procedures.definition.rows import limits
from procedures.plugins import Kept, Question, Rule, is_empty, operators

PRESENCE = {"is_answered", "is_empty"}
EQUALITY = {"is", "is_not", "is_one_of", "is_none_of"} | PRESENCE
ORDER = EQUALITY | {"greater", "less", "at_least", "at_most"}
PARTS = EQUALITY | {"contains", "not_contains"}
"""Operators whose meaning is known well enough to say that nothing was forgotten."""
MOST_PARTS = 8
"""Words or choices compared with, of which every combination is tried."""


class Samples(NamedTuple):
    """Answers to try for one question."""

    values: tuple[Kept, ...]
    """None stands for no answer; those that meet most comparisons come first."""
    is_complete: bool
    """Whether no other answer could make a difference."""


def samples(question: Question, rules: Sequence[Rule]) -> Samples:
    """One answer for each way the comparisons of ``rules`` with ``question`` can turn out."""
    if question.field_type.nests:
        rows: tuple[Kept, ...] = (["1"],) if limits(question)[0] else (["1"], [])
        return Samples(rows, is_complete=True)
    pool, is_complete = _pool(question, rules)
    if not question.required or not question.field_type.asks:
        pool.append(None)
    by_outcome: dict[tuple[bool, ...], Kept] = {}
    for kept in pool:
        by_outcome.setdefault(_outcome(kept, rules), kept)
    best_first = sorted(by_outcome, key=lambda outcome: -sum(outcome))
    return Samples(tuple(by_outcome[outcome] for outcome in best_first), is_complete)


def _outcome(kept: Kept, rules: Sequence[Rule]) -> tuple[bool, ...]:
    return tuple(operators[rule.operator].holds(kept, rule.value) for rule in rules)


def _pool(question: Question, rules: Sequence[Rule]) -> tuple[list[Kept], bool]:
    """Answers worth trying, and whether they are all that matter."""
    kinds = {type(kept) for _typed, kept in question.field_type.examples if not is_empty(kept)}
    used = {rule.operator for rule in rules}
    values = list(_values(rules))
    if kinds == {bool}:
        return [kept for _typed, kept in question.field_type.examples if isinstance(kept, bool)], True
    if list in kinds and question.choices:
        return _subsets(question, values), used <= PARTS and len(set(values)) <= MOST_PARTS
    if question.choices and question.field_type.reading == "choice":
        return [choice.id for choice in question.choices], True
    others: list[Kept] = [kept for _typed, kept in question.field_type.examples if not is_empty(kept)]
    if not values:
        return [*others, "…"][:1], used <= PRESENCE
    if all(_is_number(value) for value in values):
        return _around_numbers(values, whole=kinds == {int} and question.field_type.asks), used <= ORDER
    if all(_day(value) for value in values):
        return _around_days(values), used <= ORDER
    if kinds == {str} and all(isinstance(value, str) for value in values):
        return _texts([str(value) for value in values], rules), used <= PARTS and len(set(values)) <= MOST_PARTS
    return [*values, *others], False


def _values(rules: Iterable[Rule]) -> Iterator[Kept]:
    for rule in rules:
        if isinstance(rule.value, list):
            yield from rule.value
        elif not is_empty(rule.value):
            yield rule.value


def _subsets(question: Question, values: Sequence[Kept]) -> list[Kept]:
    """Every combination of the choices compared with, with and without another choice."""
    ids = [choice.id for choice in question.choices]
    named = [id for id in ids if id in values][:MOST_PARTS]
    other = [id for id in ids if id not in values][:1]
    chosen = [list(some) for count in range(len(named), -1, -1) for some in combinations(named, count)]
    return [some for picked in chosen for some in (picked, picked + other) if some]


def _is_number(value: Kept) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _around_numbers(values: Sequence[Kept], *, whole: bool) -> list[Kept]:
    numbers: list[int | float] = sorted({value for value in values if isinstance(value, (int, float))})
    beside = [number + step for number in numbers for step in (-1, 1)]
    between = [] if whole else [(low + high) / 2 for low, high in pairwise(numbers)]
    return [*numbers, *beside, *between]


def _day(value: Kept) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2026-01-31") else None
    except ValueError:
        return None


def _around_days(values: Sequence[Kept]) -> list[Kept]:
    days = sorted({day for value in values if (day := _day(value))})
    beside = [day + timedelta(days=step) for day in days for step in (-1, 1)]
    return [day.isoformat() for day in [*days, *beside]]


def _texts(values: Sequence[str], rules: Sequence[Rule]) -> list[Kept]:
    """The texts compared with, every combination of the words looked for, and a text with none of them."""
    parts = sorted({str(rule.value) for rule in rules if rule.operator in ("contains", "not_contains")})[:MOST_PARTS]
    together = ["\n".join(some) for count in range(len(parts), 0, -1) for some in combinations(parts, count)]
    letters = {letter for value in values for letter in value.casefold()}
    stranger = next(letter for letter in map(chr, range(0x1F600, 0x1F700)) if letter not in letters)
    return [*values, *together, stranger]
