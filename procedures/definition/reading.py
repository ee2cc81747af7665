"""From the JSON of a version to its frozen definition, once per process and language."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from threading import Lock
from typing import Any

from procedures.definition.compiled import Definition, Fee, Route, Rules, Section, Step
from procedures.definition.compiling import PAGE, choice_key
from procedures.definition.outline import SECTION
from procedures.plugins import Choice, Condition, Question, Rule, field_types

ABSENT = "absent"
"""Type of question that stands in for those whose package is gone."""
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
        routes=tuple(
            Route(**{**route, "condition": condition_from(route["condition"])}) for route in content.get("routes", ())
        ),
        fees=tuple(_fee(fee, words) for fee in content.get("fees", ())),
    )


def _fee(fee: Mapping[str, Any], words: _Words) -> Fee:
    label, lang = words(fee["id"], "label")
    return Fee(label, condition_from(fee["condition"]), fee["amount_cents"], fee["times"], lang)


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
    return Step(
        key=key,
        condition=condition_from(step["condition"]),
        sections=tuple(_sections(step, words)),
        **_headed(step["id"], words),
    )


def _headed(id: str, words: _Words) -> dict[str, str]:
    title, lang = words(id, "title")
    intro, intro_lang = words(id, "intro")
    return {"id": id, "title": title, "intro": intro, "lang": lang, "intro_lang": intro_lang}


def _sections(step: Mapping[str, Any], words: _Words) -> Iterator[Section]:
    """The sections of a step; questions between them are gathered in sections without a title."""
    for is_section, items in groupby(step["questions"], lambda item: item["type"] == SECTION):
        if is_section:
            for item in items:
                questions = tuple(_question(question, words) for question in item["questions"])
                condition = condition_from(item["condition"])
                yield Section(condition=condition, questions=questions, **_headed(item["id"], words))
        else:
            loose = tuple(_question(question, words) for question in items)
            yield Section(f"{step['id']}/{loose[0].id}", "", "", None, loose)


def _question(question: Mapping[str, Any], words: _Words) -> Question:
    id, type = question["id"], question["type"] if question["type"] in field_types else ABSENT
    label, lang = words(id, "label")
    help_text, help_lang = words(id, "help")
    prefill = question.get("prefill")
    parents = question.get("parents", {})
    said = {}
    for name in field_types[type].words:
        said[name], said[f"{name}_lang"] = words(id, name)
    return Question(
        id=id,
        type=type,
        label=label,
        help=help_text,
        required=question["required"],
        condition=condition_from(question["condition"]),
        choices=tuple(
            Choice(choice, *words(choice_key(id, choice), "label"), parent=parents.get(choice, ""))
            for choice in question["choices"]
        ),
        options={**question["options"], **said},
        lang=lang,
        help_lang=help_lang,
        checks=tuple((slug, options) for slug, options in question.get("checks", ())),
        prefill=(prefill[0], prefill[1], prefill[2]) if prefill else None,
        questions=tuple(_question(child, words) for child in question.get("questions", ())),
    )


def condition_from(kept: Mapping[str, Any] | None) -> Condition | None:
    """The condition that a version keeps."""
    if kept is None:
        return None
    rules = (_rule(rule) for rule in kept["rules"])
    return Condition(kept["match_all"], tuple(rules))


def _rule(kept: Mapping[str, Any]) -> Rule | Condition:
    if "rules" in kept:
        return Condition(kept["match_all"], tuple(_rule(rule) for rule in kept["rules"]))
    return Rule(**kept)


def _rules(rules: Mapping[str, Any], words: _Words) -> Rules:
    names = ("alternative", "declaration", "confirmation", "purpose", "remedies")
    worded = {name: words(PAGE, name) for name in names}
    texts: dict[str, Any] = {name: text for name, (text, _lang) in worded.items()}
    return Rules(**rules, **texts, langs={name: lang for name, (_text, lang) in worded.items()})
