"""Trees of comparisons, brought to the two levels that the editor of conditions shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

MOST_CLAUSES, MOST_RULES = 24, 90
"""Beyond that nobody could read the condition any more."""


class TooTangledError(ValueError):
    """The condition would need more comparisons than a person can read."""


@dataclass(frozen=True)
class Atom:
    """``question operator value``; ``answered`` when the question always has an answer."""

    question: str
    operator: str
    value: str = ""
    answered: bool = False
    reading: str = ""
    """What the answer is: ``choice``, ``list``, ``boolean``, ``text``, ``number``, ``date``."""


@dataclass(frozen=True)
class All:
    """All parts hold; without parts, always true."""

    parts: tuple[Tree, ...] = ()


@dataclass(frozen=True)
class Some:
    """At least one part holds; without parts, never true."""

    parts: tuple[Tree, ...] = ()


Tree = Atom | All | Some
ALWAYS, NEVER = All(), Some()
Clause = frozenset[Atom]
OPPOSITES = {
    "is": "is_not",
    "is_not": "is",
    "contains": "not_contains",
    "not_contains": "contains",
    "is_answered": "is_empty",
    "is_empty": "is_answered",
}


def negated(tree: Tree) -> Tree:
    """The tree that holds where this one does not: an unanswered question fulfils no comparison."""
    if isinstance(tree, All):
        return Some(tuple(negated(part) for part in tree.parts))
    if isinstance(tree, Some):
        return All(tuple(negated(part) for part in tree.parts))
    return _negated_atom(tree)


def _negated_atom(atom: Atom) -> Tree:
    if atom.operator in ("is_answered", "is_empty"):
        return replace(atom, operator=OPPOSITES[atom.operator])
    empty = () if atom.answered else (replace(atom, operator="is_empty", value=""),)
    if atom.operator in ("greater", "less"):
        other = "less" if atom.operator == "greater" else "greater"
        return Some((replace(atom, operator=other), replace(atom, operator="is"), *empty))
    if atom.reading == "boolean":
        return Some((replace(atom, value="no" if atom.value == "yes" else "yes"), *empty))
    if atom.reading == "date":  # days have no « is not »
        return Some((replace(atom, operator="greater"), replace(atom, operator="less"), *empty))
    return Some((replace(atom, operator=OPPOSITES[atom.operator]), *empty))


def simplified(tree: Tree) -> Tree:
    """The same tree without constants, repetitions and levels that say nothing."""
    if isinstance(tree, Atom):
        known: dict[str, Tree] = {"is_answered": ALWAYS, "is_empty": NEVER} if tree.answered else {}
        return known.get(tree.operator, tree)
    kind, neutral, decisive = (All, ALWAYS, NEVER) if isinstance(tree, All) else (Some, NEVER, ALWAYS)
    parts: list[Tree] = []
    for part in map(simplified, tree.parts):
        if part == decisive:
            return decisive
        inner = part.parts if isinstance(part, kind) else (part,)
        parts += [each for each in inner if each not in parts and each != neutral]
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def two_levels(tree: Tree) -> Tree:
    """The same condition as groups of comparisons: all of some, or some of all. Raises TooTangledError."""
    tree = simplified(tree)
    if isinstance(tree, Atom) or all(isinstance(part, Atom) for part in tree.parts):
        return _without_contradictions(tree)
    ways = []
    for kind in (Some, All):
        try:
            ways.append(_normal(tree, kind))
        except TooTangledError as error:
            tangled = error
    if not ways:
        raise tangled
    return min(ways, key=_size)


def _size(tree: Tree) -> int:
    return 1 if isinstance(tree, Atom) else sum(map(_size, tree.parts))


def _without_contradictions(tree: Tree) -> Tree:
    """A single level of comparisons, or what it always comes to."""
    if isinstance(tree, Atom):
        return tree
    clause = frozenset(_atoms(tree.parts))
    if isinstance(tree, All):
        return NEVER if _contradictory(clause) else tree
    return ALWAYS if _certain(clause) else tree


def _atoms(parts: Iterable[Tree]) -> list[Atom]:
    return [part for part in parts if isinstance(part, Atom)]


def _normal(tree: Tree, outer: type[All] | type[Some]) -> Tree:
    """Disjunctive normal form for ``outer`` Some, conjunctive for All."""
    clauses = _clauses(tree, outer)
    idle = _contradictory if outer is Some else _certain
    clauses = [clause for clause in clauses if not idle(clause)]
    clauses = [_without_implied(clause, positive=outer is Some) for clause in clauses]
    least = [clause for clause in dict.fromkeys(clauses) if not any(other < clause for other in clauses)]
    if sum(map(len, least)) > MOST_RULES:
        raise TooTangledError
    inner = All if outer is Some else Some
    ordered: list[Tree] = [inner(tuple(_ordered(clause))) for clause in least]
    return simplified(outer(tuple(ordered)))


def _ordered(clause: Clause) -> list[Atom]:
    return sorted(clause, key=lambda atom: (atom.question, atom.operator, atom.value))


def _clauses(tree: Tree, outer: type[All] | type[Some]) -> list[Clause]:
    if isinstance(tree, Atom):
        return [frozenset([tree])]
    below = [_clauses(part, outer) for part in tree.parts]
    if isinstance(tree, outer):
        found = [clause for clauses in below for clause in clauses]
    else:
        count = 1
        for clauses in below:
            count *= len(clauses)
        if count > MOST_CLAUSES * 20:
            raise TooTangledError
        found = [frozenset().union(*chosen) for chosen in product(*below)]
    unique = list(dict.fromkeys(found))
    least = [clause for clause in unique if not any(other < clause for other in unique)]
    if len(least) > MOST_CLAUSES:
        raise TooTangledError
    return least


def _contradictory(clause: Clause) -> bool:
    """Whether no answer can fulfil all of it."""
    return any(_at_odds(atoms) for atoms in _by_question(clause))


def _certain(clause: Clause) -> bool:
    """Whether every answer fulfils some of it."""
    return any(_complementary(atoms) for atoms in _by_question(clause))


def _without_implied(clause: Clause, *, positive: bool) -> Clause:
    """« is a » makes « is not b » needless beside it; in « any of », « is not b » makes « is a » needless."""
    strong, weak = ("is", "is_not") if positive else ("is_not", "is")
    told = {(atom.question, atom.value) for atom in clause if atom.operator == strong}
    implied = {
        atom
        for atom in clause
        if atom.operator == weak
        and any(question == atom.question and value != atom.value for question, value in told)
        and atom.reading != "list"
    }
    return clause - implied


def _by_question(clause: Clause) -> Iterable[list[Atom]]:
    by_question: dict[str, list[Atom]] = {}
    for atom in clause:
        by_question.setdefault(atom.question, []).append(atom)
    return by_question.values()


def _complementary(atoms: list[Atom]) -> bool:
    told = {(atom.operator, atom.value) for atom in atoms}
    empty = ("is_empty", "") in told or atoms[0].answered
    if empty and ("is_answered", "") in told:
        return True
    if atoms[0].reading == "boolean":
        return empty and {("is", "yes"), ("is", "no")} <= told
    return empty and any((OPPOSITES.get(operator), value) in told for operator, value in told)


def _at_odds(atoms: list[Atom]) -> bool:
    told = {atom.operator for atom in atoms}
    wanted = {atom.value for atom in atoms if atom.operator == "is"}
    refused = {atom.value for atom in atoms if atom.operator == "is_not"}
    return ("is_empty" in told and len(told) > 1) or len(wanted) > 1 or bool(wanted & refused)


def as_stored(tree: Tree) -> dict[str, Any]:
    """The condition as the editor stores it. ``tree`` has two levels at most."""
    if tree == NEVER:
        return {"match": "never", "rules": [], "groups": []}
    if isinstance(tree, Atom):
        tree = All((tree,))
    groups = [part for part in tree.parts if not isinstance(part, Atom)]
    return {
        "match": _match(tree),
        "rules": [_rule(atom) for atom in _atoms(tree.parts)],
        "groups": [
            {"type": "item", "value": {"match": _match(group), "rules": [_rule(atom) for atom in _atoms(group.parts)]}}
            for group in groups
        ],
    }


def _match(tree: All | Some) -> str:
    return "all" if isinstance(tree, All) else "any"


def _rule(atom: Atom) -> dict[str, Any]:
    value = {"question": atom.question, "operator": atom.operator, "value": atom.value}
    return {"type": "item", "value": value}
