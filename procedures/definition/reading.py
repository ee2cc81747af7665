"""From the JSON of a version to its frozen definition, once per process and language."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from procedures.definition.compiled import Definition, Rules, Step
from procedures.definition.compiling import PAGE, choice_key
from procedures.plugins import Choice, Condition, Question, Rule

CAPACITY = 256
"""Definitions kept in the process: a town's procedures in its languages, twice over."""

_kept: OrderedDict[tuple[str, str], Definition] = OrderedDict()
_lock = Lock()


def read(fingerprint: str, language: str, content: Callable[[], Mapping[str, Any]]) -> Definition:
    """The definition of a version, from memory if it is there.

    Args:
        fingerprint: hash of the content: same fingerprint, same definition.
        content: reads the JSON, from the database maybe; called only when needed.
    """
    key = (fingerprint, language)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    definition = decode(content(), language)
    with _lock:
        _kept[key] = definition
        while len(_kept) > CAPACITY:
            _kept.popitem(last=False)
    return definition


def decode(content: Mapping[str, Any], language: str) -> Definition:
    """Word a version in ``language``, text by text in its source language where it must."""
    words = _Words(content, language)
    title, lang = words(PAGE, "title")
    return Definition(
        title=title,
        language=language,
        steps=tuple(_step(str(place), step, words) for place, step in enumerate(content["steps"], start=1)),
        rules=_rules(content["rules"], words),
        lang=lang,
    )


class _Words:
    """Looks a text up in the language asked for, then in the source language."""

    def __init__(self, content: Mapping[str, Any], language: str) -> None:
        self.order = list(dict.fromkeys([language, content["source"]]))
        self.texts = content["texts"]

    def __call__(self, key: str, name: str) -> tuple[str, str]:
        """The text and the language it is in."""
        for code in self.order:
            text = self.texts.get(code, {}).get(key, {}).get(name)
            if text:
                return text, code
        return "", self.order[0]


def _step(key: str, step: Mapping[str, Any], words: _Words) -> Step:
    title, lang = words(step["id"], "title")
    intro, intro_lang = words(step["id"], "intro")
    return Step(
        key=key,
        id=step["id"],
        title=title,
        intro=intro,
        condition=_condition(step["condition"]),
        questions=tuple(_question(question, words) for question in step["questions"]),
        lang=lang,
        intro_lang=intro_lang,
    )


def _question(question: Mapping[str, Any], words: _Words) -> Question:
    label, lang = words(question["id"], "label")
    help_text, help_lang = words(question["id"], "help")
    return Question(
        id=question["id"],
        type=question["type"],
        label=label,
        help=help_text,
        required=question["required"],
        condition=_condition(question["condition"]),
        choices=tuple(Choice(id, *words(choice_key(question["id"], id), "label")) for id in question["choices"]),
        options=question["options"],
        lang=lang,
        help_lang=help_lang,
    )


def _condition(condition: Mapping[str, Any] | None) -> Condition | None:
    if condition is None:
        return None
    return Condition(condition["match_all"], tuple(Rule(**rule) for rule in condition["rules"]))


def _rules(rules: Mapping[str, Any], words: _Words) -> Rules:
    names = ("alternative", "declaration", "confirmation", "purpose", "remedies")
    worded = {name: words(PAGE, name) for name in names}
    texts: dict[str, Any] = {name: text for name, (text, _lang) in worded.items()}
    return Rules(**rules, **texts, langs={name: lang for name, (_text, lang) in worded.items()})
