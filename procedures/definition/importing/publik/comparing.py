"""A comparison of an answer with a constant, in the terms of our own conditions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from procedures.definition.importing.publik.trees import NEVER, Atom, Some, Tree

CHOICE, SEVERAL, BOOLEAN, TEXT, NUMBER, DATE, OTHER = "choice", "list", "boolean", "text", "number", "date", ""
TICK = "tick"
"""A box that is ticked or not answered at all."""
TRUE, FALSE = {"true", "1", "oui", "yes", "on"}, {"false", "0", "non", "no", "off"}


class InconvertibleError(ValueError):
    """A condition that ours cannot say; its text is why, in words."""


@dataclass(frozen=True)
class Option:
    """A choice: our id, its words, and the source's own id for it."""

    id: str
    label: str
    raw: str


@dataclass(frozen=True)
class Asked:
    """A question that was asked before, as conditions see it."""

    id: str
    varname: str
    reading: str
    """What its answer is: one of the constants above."""
    options: tuple[Option, ...] = ()
    answered: bool = False
    """Whether nobody can pass it without an answer."""
    never: bool = False
    """Whether it is switched off."""
    row: str = ""
    """The repeated group it belongs to."""

    def atom(self, operator: str, value: str = "") -> Atom:
        """A comparison of its answer."""
        return Atom(self.id, operator, value, self.answered, self.reading)


def is_filled(asked: Asked) -> Tree:
    """What « if variable » asks: a box that is ticked, a question that has an answer."""
    return asked.atom("is", "yes") if asked.reading == BOOLEAN else asked.atom("is_answered")


def compared(asked: Asked, operator: str, value: Any, *, part: str, small: bool) -> Tree:
    """``answer operator value``, for one of ``==``, ``is``, ``in``, ``<``, ``<=``, ``>``, ``>=``.

    Args:
        part: ``raw`` where the source's own id of a choice is compared.
        small: whether the answer is put in small letters first.

    Raises:
        InconvertibleError: our conditions have no such comparison.
    """
    if operator in ("==", "is"):
        return EQUAL.get(asked.reading, _no_such)(asked, value, part)
    if operator == "in":
        return _among(asked, value, part, small)
    return _ordered(asked, operator, value)


def containing(asked: Asked, value: Any, *, part: str, small: bool) -> Tree:
    """``value in answer``: a part of the words of the answer."""
    text = str(value)
    if asked.reading in (CHOICE, SEVERAL):
        return _any_of(asked, lambda words: text in (words.lower() if small else words), part)
    if asked.reading == TEXT and text:
        return asked.atom("contains", text)
    raise InconvertibleError(_("a word is looked for in an answer that is no text"))


def asks_for_any(operator: str, value: Any) -> bool:
    """Whether ``answer|length operator value`` asks for an answer, or for none. Raises InconvertibleError for more."""
    if (operator, value) in {(">", 0), (">=", 1), ("!=", 0)}:
        return True
    if (operator, value) in {("==", 0), ("<=", 0), ("<", 1)}:
        return False
    raise InconvertibleError(_("it counts what was answered"))


def _equal_choice(asked: Asked, value: Any, part: str) -> Tree:
    return _any_of(asked, lambda words: words == str(value), part)


def _equal_boolean(asked: Asked, value: Any, _part: str) -> Tree:
    told = str(value).strip().lower()
    if told in TRUE:
        return asked.atom("is", "yes")
    if told in FALSE:
        return Some((asked.atom("is", "no"), asked.atom("is_empty")))
    return NEVER


def _equal_tick(asked: Asked, value: Any, _part: str) -> Tree:
    told = str(value).strip().lower()
    return asked.atom("is_answered") if told in TRUE else asked.atom("is_empty") if told in FALSE else NEVER


def _equal_text(asked: Asked, value: Any, _part: str) -> Tree:
    return asked.atom("is", str(value))


def _equal_number(asked: Asked, value: Any, _part: str) -> Tree:
    return asked.atom("is", _number(value))


EQUAL: dict[str, Callable[[Asked, Any, str], Tree]] = {
    CHOICE: _equal_choice,
    SEVERAL: _equal_choice,
    BOOLEAN: _equal_boolean,
    TEXT: _equal_text,
    TICK: _equal_tick,
    NUMBER: _equal_number,
    DATE: lambda asked, value, _part: asked.atom("is", _day(value)),
}


def _no_such(asked: Asked, value: Any, part: str) -> Tree:
    raise InconvertibleError(_("answers of this type can only be there or not"))


def _among(asked: Asked, value: Any, part: str, small: bool) -> Tree:
    """``answer in value``: one of a list, or a part of a text."""

    def within(words: str) -> bool:
        words = words.lower() if small else words
        return words in value

    if asked.reading in (CHOICE, SEVERAL) and isinstance(value, (str, list)):
        return _any_of(asked, within, part)
    if asked.reading == TEXT and isinstance(value, (str, list)):
        words = value if isinstance(value, list) else re.split(r"\s*[,;]\s*", value.strip())
        return Some(tuple(asked.atom("is", str(word).strip()) for word in words if str(word).strip()))
    raise InconvertibleError(_("an answer is looked for in something that is no list"))


def _any_of(asked: Asked, fits: Callable[[str], bool], part: str) -> Tree:
    """One of the choices that fit; all of them are « any answer »."""
    of_raw = part == "raw"
    chosen = [option for option in asked.options if fits(option.raw if of_raw else option.label)]
    if not chosen:  # authors mix words and ids up: the other one is tried
        chosen = [option for option in asked.options if fits(option.label if of_raw else option.raw)]
    if chosen and len(chosen) == len(asked.options):
        return asked.atom("is_answered")
    operator = "contains" if asked.reading == SEVERAL else "is"
    return Some(tuple(asked.atom(operator, option.id) for option in chosen))


def _ordered(asked: Asked, operator: str, value: Any) -> Tree:
    if asked.reading == NUMBER:
        limit = _number(value)
    elif asked.reading == DATE:
        limit = _day(value)
    else:
        raise InconvertibleError(_("an answer that is neither a number nor a date is put in order"))
    strict = asked.atom("greater" if operator[0] == ">" else "less", limit)
    return Some((strict, asked.atom("is", limit))) if operator.endswith("=") else strict


def _number(value: Any) -> str:
    try:
        read = float(str(value).replace(",", "."))
    except ValueError as error:
        raise InconvertibleError(_("a number is compared with something else")) from error
    return str(int(read)) if read.is_integer() else str(read)


def _day(value: Any) -> str:
    text = str(value).strip()
    if found := re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text):
        text = f"{found[3]}-{found[2]}-{found[1]}"
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise InconvertibleError(_("a date is compared with something else"))
    return text
