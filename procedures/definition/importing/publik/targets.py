"""Which of our types of question a field becomes, among those that this installation has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from procedures.definition.importing.publik.comparing import BOOLEAN, CHOICE, DATE, NUMBER, OTHER, SEVERAL, TEXT
from procedures.definition.importing.publik.formdef import Field, Validation
from procedures.plugins import field_types, validators

Options = Mapping[str, Any]


@dataclass(frozen=True)
class Target:
    """A type of question with its options, how conditions read it, and what differs from the source."""

    slug: str
    options: Options = field(default_factory=dict)
    reading: str = TEXT
    differs: str = ""
    check_differs: str = ""
    checks: tuple[tuple[str, Options], ...] = ()


SHORT = Target("short_text")
USER_PURPOSES = {
    "_first_name": "given-name",
    "_last_name": "family-name",
    "_street": "street-address",
    "_address": "street-address",
    "_zipcode": "postal-code",
    "_city": "address-level2",
    "_email": "email",
    "_phone": "tel",
    "_mobile": "tel",
    "_birthdate": "bday",
    "_country": "country-name",
    "_organisation": "organization",
}
"""What the source knows of its users, in the tokens of HTML's ``autocomplete``."""
TIMES = re.compile(r"time|heure|horaire", re.IGNORECASE)
ADDRESS_OF_A_PAGE = r"https?://[^\s]+"


def has(slug: str) -> bool:
    """Whether this installation offers the type."""
    return slug in field_types and not field_types[slug].retired


def target_of(source: Field) -> Target:
    """The type that asks the same, or comes nearest; ``differs`` says what is lost."""
    make = TARGETS.get(source.type)
    target = make(source) if make else None
    if target is None:
        why = _("fields of type “%(type)s” are not known: asked as a line of text")
        return replace(SHORT, differs=why % {"type": source.type[:40]})
    if not has(target.slug):
        why = _("this installation has no question of type “%(type)s”: asked as a line of text")
        return replace(SHORT, differs=why % {"type": target.slug})
    known = field_types[target.slug].option_blocks()
    return replace(target, options={name: value for name, value in target.options.items() if name in known})


def _line(source: Field) -> Target:
    """A line of text, or the type that checks what the source checks."""
    check = source.validation
    purpose = USER_PURPOSES.get(source.prefill.value, "") if source.prefill and source.prefill.kind == "user" else ""
    if check is not None:
        return _checked(check, purpose, source)
    if purpose == "email":
        return Target("email")
    if purpose == "tel":
        return Target("phone")
    longest = _positive(source.settings.get("maxlength"))
    return Target("short_text", {"purpose": purpose, **({"max_length": min(longest, 255)} if longest else {})})


def _checked(check: Validation, purpose: str, source: Field) -> Target:
    kind = check.kind.lower()
    if kind in CHECKED:
        return CHECKED[kind](check)
    if kind == "regex":
        return _patterned(check.value, check.message, purpose, source)
    why = _("the check “%(check)s” was not taken along") % {"check": (check.value or kind)[:80]}
    return Target("short_text", {"purpose": purpose}, check_differs=why)


def _patterned(pattern: str, message: str, purpose: str, source: Field) -> Target:
    """A regular expression: a type of ours where it says the same, else the expression itself."""
    if purpose == "tel":
        return Target("phone")
    options = {"pattern": "custom", "expression": pattern, "message": message}
    return Target("pattern_text", options)


def _positive(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _tick(source: Field) -> Target:
    """A box: one that must be ticked is a commitment, one that may be is a yes or no."""
    return Target("consent" if source.required and has("consent") else "yes_no", {}, BOOLEAN)


def _day(source: Field) -> Target:
    settings = source.settings
    past = settings.get("date_in_the_past") == "True"
    future = settings.get("minimum_is_future") == "True"
    birthday = bool(source.prefill and source.prefill.value == "_birthdate")
    limit = "past" if past and not future else "future" if future and not past else ""
    return Target("date", {"limit": limit, "birthday": birthday}, DATE)


def _one(source: Field) -> Target:
    return Target("one_choice", {}, CHOICE)


def _several(source: Field) -> Target:
    return Target("several_choices", {}, SEVERAL)


def _file(source: Field) -> Target:
    return Target("file", {}, OTHER)


def _number(source: Field) -> Target:
    return Target("decimal_number", {}, NUMBER)


def _place(source: Field) -> Target:
    return Target("place", {}, OTHER)


TARGETS: dict[str, Callable[[Field], Target]] = {
    "string": _line,
    "text": lambda _source: Target("long_text"),
    "email": lambda _source: Target("email"),
    "bool": _tick,
    "item": _one,
    "items": _several,
    "date": _day,
    "file": _file,
    "map": _place,
    "numeric": _number,
}
CHECKED: dict[str, Callable[[Validation], Target]] = {
    "phone": lambda _check: Target("phone"),
    "phone-fr": lambda _check: Target("phone"),
    "email": lambda _check: Target("email"),
    "iban": lambda _check: Target("iban"),
    "siret-fr": lambda _check: Target("siret"),
}


def check_offered(slug: str, for_type: str) -> bool:
    """Whether the validator exists and knows the type."""
    return slug in validators and for_type in validators[slug].applies_to
