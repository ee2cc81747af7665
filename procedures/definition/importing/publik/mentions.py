"""What a form says of its own lists: the answers that its conditions and prefills name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

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
from procedures.definition.importing.publik.folding import ANSWER
from procedures.definition.importing.publik.formdef import Field
from procedures.definition.importing.publik.templates import Branches, Part, parse_template

WITH_WORDS = re.compile(r"[\"']id[\"']\s*:\s*\"([^\"{}]+)\"\s*,\s*[\"']text[\"']\s*:\s*\"([^\"{}]+)\"")


@dataclass
class Mentioned:
    """The answers to one question that the form names."""

    raws: dict[str, None] = field(default_factory=dict)
    """The source's own ids."""
    labels: dict[str, None] = field(default_factory=dict)
    parts: dict[str, None] = field(default_factory=dict)
    """Words that are looked for in answers."""

    @property
    def whole(self) -> list[str]:
        """The answers that are named whole, each once, in the order they are met."""
        return list(dict.fromkeys([*self.raws, *self.labels]))


def mentions(fields: tuple[Field, ...]) -> dict[str, Mentioned]:
    """What the expressions of a form name, by variable name (``_raw`` taken off)."""
    found: dict[str, Mentioned] = {}
    for node in _expressions(fields):
        for comparison in _comparisons(node):
            _note(comparison, found)
    return found


def described(text: str) -> dict[str, str]:
    """Choices that are written out in a source, as ``{"id": …, "text": …}``: words by id."""
    return dict(WITH_WORDS.findall(text))


def _expressions(fields: tuple[Field, ...]) -> Iterator[Node]:
    for each in fields:
        texts = [each.condition.text] if each.condition else []
        texts += [post.condition.text for post in each.post_conditions]
        for text in texts:
            try:
                yield parse(text)
            except (ExpressionError, RecursionError):
                continue  # told where the condition itself is converted
        templates = [each.settings.get("value_template", ""), each.prefill.value if each.prefill else ""]
        for template in templates:
            try:
                yield from _tests(parse_template(template))
            except (ExpressionError, RecursionError):
                continue


def _tests(parts: tuple[Part, ...]) -> Iterator[Node]:
    for part in parts:
        if isinstance(part, Branches):
            for condition, inner in part.branches:
                yield condition
                yield from _tests(inner)


def _comparisons(node: Node | None) -> Iterator[Comparison]:
    if isinstance(node, Comparison):
        yield node
    elif isinstance(node, Not):
        yield from _comparisons(node.inner)
    elif isinstance(node, (Both, Either)):
        yield from _comparisons(node.left)
        yield from _comparisons(node.right)
    elif isinstance(node, Cases):
        for test, _value in node.cases:
            yield from _comparisons(test)


def _note(comparison: Comparison, found: dict[str, Mentioned]) -> None:
    left, right = _bare(comparison.left), _bare(comparison.right)
    if isinstance(right, Name) and isinstance(left, Literal):
        left, right = right, left
        looked_for = comparison.operator in ("in", "not in")
    else:
        looked_for = False
    if not (isinstance(left, Name) and isinstance(right, Literal) and isinstance(right.value, str) and right.value):
        return
    name = left.path.removeprefix(ANSWER)
    if name == left.path or comparison.operator not in ("==", "!=", "is", "is not", "in", "not in"):
        return
    told = found.setdefault(name.removesuffix("_raw"), Mentioned())
    if looked_for:
        told.parts.setdefault(right.value)
    elif comparison.operator in ("in", "not in"):
        for word in right.value.split(","):
            told.labels.setdefault(word.strip())
    else:
        (told.raws if name.endswith("_raw") else told.labels).setdefault(right.value)


def _bare(node: Node) -> Node:
    while isinstance(node, Filtered):
        node = node.base
    return node
