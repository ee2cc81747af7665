"""Django templates of a form (computed values, texts, prefills), parsed into expressions, never rendered by Django."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from procedures.definition.importing.publik.expressions import (
    Cases,
    ExpressionError,
    Filtered,
    Literal,
    Name,
    Node,
    parse,
    parse_operand,
)

TAG = re.compile(r"\{%\s*(?P<tag>.*?)\s*%\}|\{\{\s*(?P<value>.*?)\s*\}\}|\{#.*?#\}", re.DOTALL)
WORDS = re.compile(r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'])+")
MOST_TAGS = 400


@dataclass(frozen=True)
class Branches:
    """``{% if %}``: the parts of the first branch whose condition holds."""

    branches: tuple[tuple[Node, tuple[Part, ...]], ...]


Part = str | Literal | Name | Filtered | Cases | Branches
"""A piece of text, a value shown in it, or a choice between pieces."""


def parse_template(text: str) -> tuple[Part, ...]:
    """The parts of a template. Raises ExpressionError for a tag that is not understood."""
    return _Reader(text).parts(())[0]


def is_constant(text: str) -> bool:
    """Whether the text holds no tag at all."""
    return TAG.search(text) is None


def as_value(text: str) -> Node:
    """The one value that a template gives. Raises ExpressionError for a mixture of values."""
    return _value(parse_template(text))


def _value(parts: tuple[Part, ...]) -> Node:
    told = [part for part in parts if not (isinstance(part, str) and not part.strip())]
    if not told:
        return Literal("")
    if len(told) > 1:
        raise ExpressionError("it puts several values together")
    part = told[0]
    if isinstance(part, str):
        return Literal(part.strip())
    if isinstance(part, Branches):
        return Cases(tuple((condition, _value(inner)) for condition, inner in part.branches), Literal(""))
    return part


class _Reader:
    """Reads tags one by one; ``{% with %}`` puts values under names until its end."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        self.place = 0
        end = 0
        for found in TAG.finditer(text):
            self._add("text", text[end : found.start()])
            self._add("tag", found["tag"] or "")
            self._add("value", found["value"] or "")
            end = found.end()
        self._add("text", text[end:])
        if len(self.tokens) > MOST_TAGS:
            raise ExpressionError("the text has too many tags")

    def _add(self, kind: str, content: str) -> None:
        if content:
            self.tokens.append((kind, content))

    def parts(self, until: tuple[str, ...], names: Mapping[str, Node] | None = None) -> tuple[tuple[Part, ...], str]:
        """The parts up to a tag of ``until``, and that tag."""
        names = names or {}
        found: list[Part] = []
        while self.place < len(self.tokens):
            kind, content = self.tokens[self.place]
            self.place += 1
            if kind == "text":
                found.append(content)
            elif kind == "value":
                found.append(_part(named(parse_operand(content), names)))
            elif content.partition(" ")[0] in until:
                return tuple(found), content
            else:
                found.extend(self.tag(content, names))
        if until:
            raise ExpressionError(f"“{until[-1]}” is missing")
        return tuple(found), ""

    def tag(self, content: str, names: Mapping[str, Node]) -> tuple[Part, ...]:
        word, _, rest = content.partition(" ")
        if word == "if":
            return (self.branches(rest, names),)
        if word == "firstof":
            return (_first_of([named(parse_operand(each), names) for each in WORDS.findall(rest)]),)
        if word == "with":
            given = dict(each.split("=", 1) for each in WORDS.findall(rest) if "=" in each)
            inner = {name: named(parse_operand(value), names) for name, value in given.items()}
            return self.parts(("endwith",), {**names, **inner})[0]
        raise ExpressionError(f"the tag “{word}” is not understood")

    def branches(self, condition: str, names: Mapping[str, Node]) -> Branches:
        branches: list[tuple[Node, tuple[Part, ...]]] = []
        test: Node = named(parse(condition), names)
        while True:
            inner, end = self.parts(("elif", "else", "endif"), names)
            branches.append((test, inner))
            word, _, rest = end.partition(" ")
            if word == "endif":
                return Branches(tuple(branches))
            test = named(parse(rest), names) if word == "elif" else Literal(True)


def _first_of(values: list[Node]) -> Part:
    if not values:
        raise ExpressionError("“firstof” has no value")
    return Cases(tuple((value, value) for value in values), Literal(""))


def _part(node: Node) -> Part:
    if isinstance(node, (Literal, Name, Filtered, Cases)):
        return node
    raise ExpressionError("a value is expected")


def named(node: Node, names: Mapping[str, Node]) -> Node:
    """The expression with the values that ``{% with %}`` gave in the place of their names."""
    if isinstance(node, Name):
        return names.get(node.path, node)
    if isinstance(node, Filtered):
        return Filtered(named(node.base, names), node.name, named(node.argument, names) if node.argument else None)
    if names and not isinstance(node, Literal):
        parts = {name: value for name, value in vars(node).items() if isinstance(value, Node)}
        return type(node)(**{**vars(node), **{name: named(value, names) for name, value in parts.items()}})
    return node
