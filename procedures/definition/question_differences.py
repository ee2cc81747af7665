"""What changed in one question that both versions ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from procedures.definition.said import ADDED, CHANGED, REMOVED, Difference
from procedures.plugins import Question


def question_differences(old: Question, new: Question, place: str) -> Iterator[Difference]:
    """Wording, type, obligation and choices for everybody; help, settings and checks for authors."""
    name = {"label": new.label or str(new.field_type.label)}
    if old.label != new.label:
        words = {"old": old.label, "new": new.label}
        yield Difference(CHANGED, place, _("“%(old)s” now reads: “%(new)s”.") % words, new.field_type.asks)
    if old.type != new.type:
        words = {**name, "old": str(old.field_type.label), "new": str(new.field_type.label)}
        text = _("“%(label)s” is asked differently: “%(new)s” instead of “%(old)s”.")
        yield Difference(CHANGED, place, text % words, True)
        return
    if old.required != new.required and new.field_type.asks:
        text = _("“%(label)s” must now be answered.") if new.required else _("“%(label)s” may now be left empty.")
        yield Difference(CHANGED, place, text % name, True)
    yield from _choice_differences(old, new, place)
    if old.help != new.help:
        yield Difference(CHANGED, place, _("The help of “%(label)s” has changed.") % name)
    yield from _option_differences(old, new, place)
    if old.checks != new.checks:
        yield Difference(CHANGED, place, _("What is checked in “%(label)s” has changed.") % name, True)
    if old.prefill != new.prefill:
        yield Difference(CHANGED, place, _("What fills in “%(label)s” beforehand has changed.") % name)


def _choice_differences(old: Question, new: Question, place: str) -> Iterator[Difference]:
    before = {choice.id: choice.label for choice in old.choices}
    after = {choice.id: choice.label for choice in new.choices}
    for id, label in after.items():
        words = {"label": new.label, "choice": label, "old": before.get(id, "")}
        if id not in before:
            yield Difference(ADDED, place, _("“%(label)s” has one more answer: “%(choice)s”.") % words, True)
        elif before[id] != label:
            text = _("In “%(label)s”, the answer “%(old)s” now reads “%(choice)s”.")
            yield Difference(CHANGED, place, text % words, True)
    for id, label in before.items():
        if id not in after:
            words = {"label": new.label, "choice": label}
            yield Difference(REMOVED, place, _("“%(label)s” no longer offers “%(choice)s”.") % words, True)
    if [id for id in before if id in after] != [id for id in after if id in before]:
        yield Difference(CHANGED, place, _("The answers of “%(label)s” come in another order.") % {"label": new.label})


def _option_differences(old: Question, new: Question, place: str) -> Iterator[Difference]:
    blocks = new.field_type.option_blocks()
    for option in dict.fromkeys([*old.options, *new.options]):
        before, after = old.options.get(option), new.options.get(option)
        if before != after:
            block = blocks.get(option)
            words = {
                "label": new.label or str(new.field_type.label),
                "option": (block.label if block is not None else "") or option,
                "old": _value(before),
                "new": _value(after),
            }
            text = _("Setting “%(option)s” of “%(label)s”: %(new)s instead of %(old)s.")
            yield Difference(CHANGED, place, text % words)


def _value(value: Any) -> str:
    if value is None or value == "":
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str | int | float):
        return _("“%(text)s”") % {"text": value}
    return json.dumps(value, ensure_ascii=False)
