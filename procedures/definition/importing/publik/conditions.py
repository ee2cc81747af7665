"""From an expression of Publik to a condition of ours: same meaning, or why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from procedures.definition.importing.publik.comparing import (
    Asked,
    InconvertibleError,
    asks_for_any,
    compared,
    containing,
    is_filled,
)
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
    parse,
)
from procedures.definition.importing.publik.folding import ANSWER, OF_THE_DAY, Scope, fold, question_named
from procedures.definition.importing.publik.trees import (
    ALWAYS,
    NEVER,
    All,
    Some,
    TooTangledError,
    Tree,
    as_stored,
    negated,
    two_levels,
)

SMALL = {"lower"}
UNCHANGED = {"unlazy_filter", "string", "strip", "date", "integer", "decimal", "default", "default_if_none", "upper"}
"""Filters after which an answer compares as it did before."""
MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<=", "is": "is", "is not": "is not"}
Questions = Mapping[str, Sequence[Asked]]
"""Earlier questions by variable name; several where the form uses a name twice."""


@dataclass(frozen=True)
class Converted:
    """A condition as the editor stores it, and what was looked up in vain on the way."""

    stored: dict[str, Any] | None
    """None: always."""
    never: bool
    missing: tuple[str, ...]
    tree: Tree


def convert(text: str, scope: Scope, questions: Questions) -> Converted:
    """Convert a condition. Raises InconvertibleError with the reason in words."""
    scope.missing.clear()
    scope.depth = 0
    try:
        node = fold(parse(text), scope)
        if isinstance(node, Literal):
            scope.missing |= node.missing
        tree = two_levels(_truth(node, questions))
    except ExpressionError as error:
        raise InconvertibleError(_("the expression is not understood: %(why)s") % {"why": error}) from error
    except TooTangledError as error:
        raise InconvertibleError(_("it would take more comparisons than anybody can read")) from error
    except RecursionError as error:
        raise InconvertibleError(_("the expression is nested too deeply")) from error
    return Converted(
        stored=None if tree == ALWAYS else as_stored(tree),
        never=tree == NEVER,
        missing=tuple(sorted(scope.missing)),
        tree=tree,
    )


def _truth(node: Node, questions: Questions) -> Tree:
    """When « if node » holds."""
    if isinstance(node, Literal):
        return ALWAYS if node.value else NEVER
    if isinstance(node, Not):
        return negated(_truth(node.inner, questions))
    if isinstance(node, (Both, Either)):
        kind = All if isinstance(node, Both) else Some
        return kind((_truth(node.left, questions), _truth(node.right, questions)))
    if isinstance(node, Cases):
        return _of_cases(node, questions)
    if isinstance(node, Comparison):
        return _comparison(node, questions)
    found, _small, _counted = _answer(node, questions)
    return Some(tuple(is_filled(asked) for asked, _part in found))


def _of_cases(node: Cases, questions: Questions) -> Tree:
    """One case applies: the first whose condition holds."""
    ways: list[Tree] = []
    before: list[Tree] = []
    for test, value in node.cases:
        holds = _truth(test, questions)
        ways.append(All((*before, holds, _truth(value, questions))))
        before.append(negated(holds))
    return Some((*ways, All((*before, _truth(node.otherwise, questions)))))


def _comparison(node: Comparison, questions: Questions) -> Tree:
    left_known, right_known = isinstance(node.left, Literal), isinstance(node.right, Literal)
    if not left_known and not right_known:
        raise InconvertibleError(_of_two(node))
    if isinstance(node.left, Literal):
        if node.operator in ("in", "not in"):
            found, small, _counted = _answer(node.right, questions)
            tree = Some(tuple(containing(asked, node.left.value, part=part, small=small) for asked, part in found))
            return tree if node.operator == "in" else _missed(tree, found, small=small)
        return _comparison(Comparison(MIRRORED[node.operator], node.right, node.left), questions)
    value = node.right.value if isinstance(node.right, Literal) else None
    found, small, counted = _answer(node.left, questions)
    filled = Some(tuple(is_filled(asked) for asked, _part in found))
    positive = {"!=": "==", "is not": "is", "not in": "in"}.get(node.operator, node.operator)
    if counted:
        return filled if asks_for_any(node.operator, value) else negated(filled)
    if positive in ("==", "is") and value in (None, ""):
        return filled if positive != node.operator else negated(filled)
    each = [compared(asked, positive, value, part=part, small=small) for asked, part in found]
    if positive == node.operator:
        return Some(tuple(each))
    in_text = positive == "in" and isinstance(value, str)
    return _missed(Some(tuple(each)), found, small=small) if in_text else negated(Some(tuple(each)))


def _missed(tree: Tree, found: list[tuple[Asked, str]], *, small: bool) -> Tree:
    """« not in »: in Django nothing is « not in » anything, unless small letters have made it the word « none »."""
    answered: tuple[Tree, ...] = () if small else (Some(tuple(is_filled(asked) for asked, _part in found)),)
    return All((*answered, negated(tree)))


def _answer(node: Node, questions: Questions) -> tuple[list[tuple[Asked, str]], bool, bool]:
    """The questions whose answer a name stands for; whether in small letters; whether counted."""
    small = counted = False
    while isinstance(node, Filtered):
        if node.name not in SMALL | UNCHANGED | {"length"}:
            raise InconvertibleError(_("answers go through the filter “%(name)s”") % {"name": node.name})
        small, counted = small or node.name in SMALL, counted or node.name == "length"
        node = node.base
    if not isinstance(node, Name):
        raise InconvertibleError(_("a value that is worked out is compared"))
    if node.path.partition(".")[0] in OF_THE_DAY:
        raise InconvertibleError(_("it depends on the day or the hour"))
    known, part = question_named(node.path, questions)
    if known not in questions:
        name = known or node.path.removeprefix(ANSWER)
        raise InconvertibleError(_("it looks at “%(name)s”, which is asked later or not at all") % {"name": name})
    shown = [asked for asked in questions[known] if not asked.never]
    if shown and part not in ("", "raw"):
        raise InconvertibleError(
            _("it looks at “%(part)s” of the answer to “%(known)s”, which is kept outside of the form")
            % {"part": part, "known": known}
        )
    return [(asked, part) for asked in shown], small, counted


def _of_two(node: Comparison) -> str:
    names = [each.path for each in (node.left, node.right) if isinstance(each, Name)]
    if any(name.partition(".")[0] in OF_THE_DAY for name in names):
        return _("it depends on the day or the hour")
    return _("it compares two answers with each other")
