"""The checks of Publik on lines of text, as types of question, patterns and validators of ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from procedures.definition.importing.publik.formdef import Validation
from procedures.fields.patterns import compiled_expression

Options = Mapping[str, Any]
OF_PHONES = re.compile(r"t[ée]l[ée]phone|\bt[ée]l\b|\bgsm\b|mobile|phone", re.IGNORECASE)
LARGEST_RANGE = 1_000
NO_NUMBERS = ("", "a", "1a", "-1", "1.5", "1 2", "+")
LONGEST_MESSAGE = 200
KNOWN_EXPRESSIONS = {
    r"^([0-1][0-9]|2[0-3]):[0-5][0-9]$": "hour",
    r"http[s]?://(?:[a-zA-Z]|[0-9]|[$-_@.&+]|[!*\(\),]|(?:%[0-9a-fA-F][0-9a-fA-F]))+": "url",
}
"""Expressions that many forms copy from one another, and the pattern of ours that says the same."""


@dataclass(frozen=True)
class Line:
    """What a line of text becomes: a type, its options, validators; ``left`` says what was not taken along."""

    slug: str
    options: Options = field(default_factory=dict)
    checks: tuple[tuple[str, Options], ...] = ()
    left: str = ""


def line_of(check: Validation, *, words: str) -> Line:
    """The type of question that checks the same.

    Args:
        words: label and variable name of the field: an expression alone does not say what it is about.
    """
    kind = check.kind.lower()
    if kind in LINES:
        return LINES[kind]
    if kind in PATTERNS:
        return Line("pattern_text", {"pattern": PATTERNS[kind], "message": check.message[:LONGEST_MESSAGE]})
    if kind == "regex" and check.value:
        return _of_expression(check, words)
    why = _("the check “%(check)s” was not taken along") % {"check": (check.value or kind)[:80]}
    return Line("short_text", left=why)


def _of_expression(check: Validation, words: str) -> Line:
    message = {"message": check.message[:LONGEST_MESSAGE]}
    if check.value in KNOWN_EXPRESSIONS:
        return Line("pattern_text", {"pattern": KNOWN_EXPRESSIONS[check.value], **message})
    try:
        compiled = compiled_expression(check.value)
    except ValueError:
        why = _("the expression “%(check)s” is none that answers in bounded time") % {"check": check.value[:80]}
        return Line("short_text", left=why)
    if OF_PHONES.search(words) and compiled.fullmatch("0612345678"):
        return Line("phone")
    limits = _range(compiled.fullmatch)
    if limits:
        least, most = limits
        return Line("whole_number", checks=(("number_range", {"at_least": least, "at_most": most}),))
    return Line("pattern_text", {"pattern": "custom", "expression": check.value, **message})


def _range(fits: Callable[[str], Any]) -> tuple[int, int] | None:
    """The least and the greatest number, where the expression takes exactly the whole numbers between them."""
    taken = [number for number in range(LARGEST_RANGE) if fits(str(number))]
    if len(taken) < 2 or taken[-1] == LARGEST_RANGE - 1 or len(taken) != taken[-1] - taken[0] + 1:
        return None
    return None if any(fits(text) for text in NO_NUMBERS) else (taken[0], taken[-1])


LINES = {
    "phone": Line("phone"),
    "phone-fr": Line("phone"),
    "email": Line("email"),
    "iban": Line("iban", {"sepa_only": False}),
    "siret-fr": Line("siret"),
    "luhn": Line("short_text", checks=(("luhn", {}),)),
}
PATTERNS = {
    "digits": "digits",
    "zipcode-fr": "postcode",
    "siren-fr": "siren",
    "nir-fr": "nir",
    "nrn-be": "be_national",
    "url": "url",
    "time": "hour",
}
