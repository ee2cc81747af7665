"""What is known before anybody answers, worked out: options of the form, constants, what we do not have.

What remains of an expression looks at answers only.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from procedures.definition.importing.publik import filters
from procedures.definition.importing.publik.expressions import (
    Both,
    Cases,
    Comparison,
    Either,
    ExpressionError,
    Filtered,
    Literal,
    Name,
    Node,
    Not,
)

ANSWER, OPTION, SOURCE = "form_var_", "form_option_", "data_source."
NOTHING = {"false", "null", "none", "undefined"}
"""Names that authors write for « nothing »; Django does not know them, so they are nothing."""
OF_THE_DAY = ("today", "now")
DEEPEST_VALUES = 20


@dataclass
class Scope:
    """What the names of a form stand for."""

    options: Mapping[str, Any]
    questions: Collection[str] = ()
    """Variable names of the questions."""
    values: dict[str, Node] = field(default_factory=dict)
    """Computed values, under their variable names."""
    lists: Mapping[str, list[dict[str, str]]] = field(default_factory=dict)
    """Data sources that were brought along, by their names."""
    missing: set[str] = field(default_factory=set)
    """What an expression looked up and we do not have; it counts as empty."""
    depth: int = 0


def fold(node: Node, scope: Scope) -> Node:
    """The expression without what is known beforehand. Raises ExpressionError where it turns in circles."""
    if isinstance(node, Literal):
        return node
    if isinstance(node, Name):
        return _name(node, scope)
    if isinstance(node, Filtered):
        return _filtered(node, scope)
    if isinstance(node, Not):
        inner = fold(node.inner, scope)
        return Literal(not inner.value, inner.missing) if isinstance(inner, Literal) else Not(inner)
    if isinstance(node, (Both, Either)):
        return _joined(node, scope)
    if isinstance(node, Cases):
        return _cases(node, scope)
    return _compared(node.operator, fold(node.left, scope), fold(node.right, scope))


def question_named(path: str, questions: Collection[str]) -> tuple[str, str]:
    """The question a name is about, and what of it: "" for the answer, ``raw``, ``structured``…; ("", "") for none."""
    name = path.removeprefix(ANSWER)
    if name == path:
        return "", ""
    for known in sorted(questions, key=len, reverse=True):
        if name == known or (name.startswith(known) and name[len(known)] in "_."):
            return known, name[len(known) + 1 :]
    return "", ""


def _name(node: Name, scope: Scope) -> Node:
    path = node.path
    if path.startswith(OPTION):
        value: Any = scope.options.get(path.removeprefix(OPTION).partition(".")[0])
        return Literal(value)
    computed = path.removeprefix(ANSWER).removesuffix("_raw")
    if path.startswith(ANSWER) and computed in scope.values and computed not in scope.questions:
        scope.depth += 1
        if scope.depth > DEEPEST_VALUES:
            raise ExpressionError("values that are computed from one another")
        folded = fold(scope.values[computed], scope)
        scope.depth -= 1
        return folded
    if question_named(path, scope.questions)[0] or path.partition(".")[0] in OF_THE_DAY:
        return node
    if path.startswith(SOURCE) and path.removeprefix(SOURCE) in scope.lists:
        return Literal(scope.lists[path.removeprefix(SOURCE)])
    return Literal(None) if path in NOTHING else Literal(None, frozenset([path]))


def _filtered(node: Filtered, scope: Scope) -> Node:
    base = fold(node.base, scope)
    argument = fold(node.argument, scope) if node.argument is not None else None
    if isinstance(base, Cases):
        cases = tuple((test, _filtered(Filtered(value, node.name, argument), scope)) for test, value in base.cases)
        return Cases(cases, _filtered(Filtered(base.otherwise, node.name, argument), scope))
    if not isinstance(base, Literal) or not (argument is None or isinstance(argument, Literal)):
        return Filtered(base, node.name, argument)
    missing = base.missing | (argument.missing if argument else frozenset())
    if base.value is None and base.missing and node.name not in ("default", "default_if_none", "length"):
        return Literal(None, missing)
    try:
        return Literal(filters.apply(node.name, base.value, argument.value if argument else None), missing)
    except (LookupError, ValueError, TypeError):
        return Literal(None, missing) if missing else Filtered(base, node.name, argument)


def _joined(node: Both | Either, scope: Scope) -> Node:
    """One side decides, or drops out."""
    deciding = isinstance(node, Either)
    sides = [fold(node.left, scope), fold(node.right, scope)]
    known = [side for side in sides if isinstance(side, Literal)]
    decided = [side for side in known if bool(side.value) is deciding]
    if decided:
        surest = min(decided, key=lambda side: len(side.missing))
        return Literal(deciding, surest.missing)
    for side in known:
        scope.missing |= side.missing
    left = [side for side in sides if side not in known]
    if not left:
        return Literal(not deciding, known[0].missing | known[1].missing)
    return left[0] if len(left) == 1 else type(node)(*left)


def _cases(node: Cases, scope: Scope) -> Node:
    cases: list[tuple[Node, Node]] = []
    for test, value in node.cases:
        folded = fold(test, scope)
        if isinstance(folded, Literal):
            scope.missing |= folded.missing
            if not folded.value:
                continue
            otherwise = fold(value, scope)
            return Cases(tuple(cases), otherwise) if cases else otherwise
        cases.append((folded, fold(value, scope)))
    otherwise = fold(node.otherwise, scope)
    return Cases(tuple(cases), otherwise) if cases else otherwise


def _compared(name: str, left: Node, right: Node) -> Node:
    if isinstance(left, Cases):
        cases = tuple((test, _compared(name, value, right)) for test, value in left.cases)
        return Cases(cases, _compared(name, left.otherwise, right))
    if isinstance(left, Literal) and isinstance(right, Literal):
        try:
            holds = COMPARISONS[name](left.value, right.value)
        except TypeError:
            holds = False  # as in Django's « if »
        return Literal(holds, left.missing | right.missing)
    return Comparison(name, left, right)


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "in": lambda left, right: left in right,
    "not in": lambda left, right: left not in right,
    "is": lambda left, right: left is right or left == right,
    "is not": lambda left, right: not (left is right or left == right),
}
