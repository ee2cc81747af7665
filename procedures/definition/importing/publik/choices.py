"""The choices of a question, wherever the form takes them from."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from procedures.definition.importing.publik.expressions import ExpressionError, Filtered, Literal, Name
from procedures.definition.importing.publik.folding import ANSWER, OPTION, SOURCE, Scope, fold
from procedures.definition.importing.publik.formdef import Field
from procedures.definition.importing.publik.lists import Choices, known_list, shared_list
from procedures.definition.importing.publik.mentions import Mentioned, described
from procedures.definition.importing.publik.templates import as_value
from procedures.definition.importing.report import APPROXIMATED, CONVERTED, LEFT
from procedures.definition.marks import to_complete
from procedures.fields.reference_lists import entries

ENOUGH = 2
"""Choices that the form must name itself to be taken as the list."""
INLINE = {"jsonvalue", "formula", "python", ""}


@dataclass(frozen=True)
class Found:
    """The choices of a question, and how sure they are."""

    choices: Choices
    result: str
    why: str = ""
    shared: str = ""
    """The list of ours that it is."""


def choices_of(
    field: Field, scope: Scope, *, mentioned: Mentioned | None, given: Mapping[str, Choices], language: str
) -> Found:
    """Find the choices: in the form, in a list given beside it, in a list we ship, in what its conditions name.

    Args:
        given: lists brought along with the form, by the name of the source.
    """
    stored: Choices = [(text, text) for text in field.items]
    if field.source is None:
        return Found(stored, CONVERTED) if stored else Found([], LEFT, _("the field has no choice"))
    kind, value = field.source
    name = value if kind in ("json", "jsonp") else kind
    inline = _inline(value, scope) if kind in INLINE else []
    if inline:
        return Found(inline, CONVERTED)
    for choices in (given.get(name), given.get(kind.rpartition(":")[2]), known_list(kind, language)):
        if choices:
            return Found(choices, CONVERTED)
    if shared := shared_list(kind):
        with translation.override(language):
            return Found(list(entries(shared).items()), CONVERTED, shared=shared)
    if stored:
        why = _("the choices saved in the form were taken; those of the source “%(source)s” are not in the file")
        return Found(stored, APPROXIMATED, why % {"source": name[:80]})
    named = _short(value, scope) if kind in INLINE else name[:60]
    return _named_by_the_form(named, mentioned, described(value))


def _inline(value: str, scope: Scope) -> Choices:
    """Choices that a value holds, or works out to."""
    try:
        node = fold(as_value(value), _with_displays(scope))
    except ExpressionError:
        return []
    if not isinstance(node, Literal) or node.missing:
        return []
    read = node.value
    if isinstance(read, str):
        for reader in (json.loads, ast.literal_eval):
            try:
                return _pairs(reader(read))
            except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
                continue
        return []
    return _pairs(read)


def _with_displays(scope: Scope) -> Scope:
    """Options whose list is only kept as words, « Bank,School », give it too."""
    options = dict(scope.options)
    for name, words in scope.options.items():
        structured = f"{name.removesuffix('_display')}_structured"
        if name.endswith("_display") and isinstance(words, str) and not options.get(structured):
            options[structured] = [{"id": word.strip(), "text": word.strip()} for word in words.split(",")]
    return Scope(options, scope.questions, scope.values, scope.lists)


def _pairs(read: Any) -> Choices:
    """Choices out of JSON: texts, pairs, or objects with ``id`` and ``text``."""
    read = read.get("data", []) if isinstance(read, dict) else read
    if not isinstance(read, (list, tuple)):
        return []
    pairs: Choices = []
    for each in read:
        if isinstance(each, dict):
            words = str(each.get("text") or each.get("id") or "").strip()
            pairs.append((str(each.get("id") or words), words))
        elif isinstance(each, (list, tuple)) and each:
            pairs.append((str(each[0]), str(each[1] if len(each) > 1 else each[0]).strip()))
        elif isinstance(each, (str, int, float)):
            pairs.append((str(each), str(each).strip()))
    return [pair for pair in pairs if pair[1]]


def _named_by_the_form(source: str, mentioned: Mentioned | None, words: Mapping[str, str]) -> Found:
    told = mentioned or Mentioned()
    whole = list(dict.fromkeys([*told.whole, *words]))
    choices: Choices = [(raw, words.get(raw) or _sentence(raw)) for raw in whole]
    why = _("the choices come from “%(source)s”, which is not in the file: ") % {"source": source}
    if len(choices) >= ENOUGH:
        return Found(choices, APPROXIMATED, why + _("those that the form itself names were taken"))
    choices += [(part, _sentence(part)) for part in told.parts if part not in whole]
    choices.append(("", to_complete(_("choices of “%(source)s”") % {"source": source})))
    if len(choices) < ENOUGH:
        choices.append(("", to_complete(_("another choice"))))
    return Found(choices, LEFT, why + _("write them in the place that is marked"))


def _short(source: str, scope: Scope) -> str:
    """What the source of an expression is called: the data source that it ends in, or its first name."""
    try:
        node = fold(as_value(source), scope)
    except ExpressionError:
        return source[:60]
    missing = sorted(node.missing) if isinstance(node, Literal) else []
    while isinstance(node, Filtered):
        node = node.base
    name = missing[0] if missing else node.path if isinstance(node, Name) else source
    return name.removeprefix(SOURCE).removeprefix(OPTION).removeprefix(ANSWER)[:60]


def _sentence(word: str) -> str:
    return word[:1].upper() + word[1:]


def read_list(data: bytes) -> Choices:
    """A list given beside a form, as JSON. Raises ValueError, TypeError."""
    return _pairs(json.loads(data))
