"""The conditions of Publik, which are Django's « if » expressions: parsed, never evaluated.

Precedence is that of Django's smart if: ``or``, ``and``, ``not``, ``in``, then comparisons,
all of which bind to the left. Conditions of the older kind (« python ») have brackets too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MOST_TOKENS = 500
DEEPEST_BRACKETS = 30


class ExpressionError(ValueError):
    """The text is no expression that could be understood."""


@dataclass(frozen=True)
class Literal:
    """A value written in the expression, or one that is known beforehand.

    ``missing`` names what the source system would have looked up and we cannot: it was taken as empty.
    """

    value: Any
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Name:
    """A variable, as it is spelled: ``form_var_age``, ``data_source.schools.0.text``."""

    path: str


@dataclass(frozen=True)
class Filtered:
    """``base|name:argument``."""

    base: Node
    name: str
    argument: Node | None = None


@dataclass(frozen=True)
class Not:
    """The contrary."""

    inner: Node


@dataclass(frozen=True)
class Both:
    """``left and right``."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Either:
    """``left or right``."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Comparison:
    """``left operator right``; the operator is one of ``==``, ``!=``, ``<``, ``in``, ``is not``…"""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Cases:
    """The value of the first case whose condition holds: what a template with « if » gives."""

    cases: tuple[tuple[Node, Node], ...]
    otherwise: Node


Node = Literal | Name | Filtered | Not | Both | Either | Comparison | Cases

QUOTED = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
TOKEN = re.compile(
    rf"""\s*(?:
        (?P<operator>==|!=|<=|>=|<|>)
      | (?P<bracket>[()])
      | (?P<operand>(?:{QUOTED}|[^\s"'()<>=!|]+)(?:\|(?:{QUOTED}|[^\s"'()<>=!])+)*)
    )""",
    re.VERBOSE | re.DOTALL,
)
FILTER = re.compile(rf"\|\s*(?P<name>\w+)(?::(?P<argument>{QUOTED}|[^\s|\"']+))?")
BASE = re.compile(rf"(?P<base>{QUOTED}|[^\s|\"']+)")
NUMBER = re.compile(r"-?\d+(\.\d+)?$")
PATH = re.compile(r"[^\W\d]\w*(?:\.[\w-]+|\[[^\]]*\])*$")
CONSTANTS = {"True": True, "False": False, "None": None}
COMPARISONS = {"==", "!=", "<", ">", "<=", ">=", "is", "is not"}
BINDING = {"or": 6, "and": 7, "in": 9, "not in": 9} | dict.fromkeys(COMPARISONS, 10)
NEGATION = 8


def parse(text: str) -> Node:
    """The tree of an expression. Raises ExpressionError."""
    return _Parser(_tokens(text)).whole()


def parse_operand(text: str) -> Node:
    """The tree of ``variable|filter:argument``, as between ``{{`` and ``}}``. Raises ExpressionError."""
    text = text.strip()
    found = BASE.match(text)
    if found is None:
        raise ExpressionError(f"“{text}” is no value")
    node, place = _atom(found["base"]), found.end()
    while place < len(text):
        more = FILTER.match(text, place)
        if more is None:
            raise ExpressionError(f"“{text[place:]}” is no filter")
        node = Filtered(node, more["name"], _atom(more["argument"]) if more["argument"] else None)
        place = more.end()
    return node


def _atom(text: str) -> Node:
    if text[0] in "\"'":
        return Literal(re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL))
    if NUMBER.match(text):
        return Literal(float(text) if "." in text else int(text))
    if text in CONSTANTS:
        return Literal(CONSTANTS[text])
    if not PATH.match(text):
        raise ExpressionError(f"“{text}” is no name")
    return Name(text)


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    place, text = 0, text.strip()
    while place < len(text):
        found = TOKEN.match(text, place)
        if found is None:
            raise ExpressionError(f"“{text[place : place + 20]}” cannot be understood")
        tokens.append(found.group().strip())
        place = found.end()
        if len(tokens) > MOST_TOKENS:
            raise ExpressionError("too long")
    return _joined(tokens)


def _joined(tokens: list[str]) -> list[str]:
    """Two-word operators as one."""
    joined: list[str] = []
    for token in tokens:
        if joined and (joined[-1], token) in {("is", "not"), ("not", "in")}:
            joined[-1] = f"{joined[-1]} {token}"
        else:
            joined.append(token)
    return joined


class _Parser:
    """Top-down operator precedence, as in Django."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens, self.place, self.depth = tokens, 0, 0

    def whole(self) -> Node:
        node = self.expression(0)
        if self.place < len(self.tokens):
            raise ExpressionError(f"“{self.tokens[self.place]}” comes unexpected")
        return node

    def expression(self, binding: int) -> Node:
        self.depth += 1
        if self.depth > DEEPEST_BRACKETS + MOST_TOKENS // 10:
            raise ExpressionError("too deep")
        left = self.prefix(self.take())
        while self.place < len(self.tokens) and BINDING.get(self.tokens[self.place], 0) > binding:
            operator = self.take()
            left = INFIX[operator](left, self.expression(BINDING[operator]))
        self.depth -= 1
        return left

    def prefix(self, word: str) -> Node:
        if word == "not":
            return Not(self.expression(NEGATION))
        if word == "(":
            node = self.expression(0)
            if self.take() != ")":
                raise ExpressionError("a bracket is not closed")
            return node
        if word in BINDING or word == ")":
            raise ExpressionError(f"“{word}” comes unexpected")
        return parse_operand(word)

    def take(self) -> str:
        if self.place >= len(self.tokens):
            raise ExpressionError("it ends too early")
        self.place += 1
        return self.tokens[self.place - 1]


def _comparing(operator: str) -> Callable[[Node, Node], Node]:
    return lambda left, right: Comparison(operator, left, right)


INFIX: dict[str, Callable[[Node, Node], Node]] = {
    "or": Either,
    "and": Both,
    **{operator: _comparing(operator) for operator in ("in", "not in", *COMPARISONS)},
}
