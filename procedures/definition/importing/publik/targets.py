"""Which of our types of question a field becomes, among those that this installation has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from procedures.definition.importing.publik.comparing import BOOLEAN, CHOICE, DATE, NUMBER, OTHER, SEVERAL, TEXT, TICK
from procedures.definition.importing.publik.formdef import Field
from procedures.definition.importing.publik.patterns import line_of
from procedures.plugins import field_types, validators

Options = Mapping[str, Any]
Checks = tuple[tuple[str, Options], ...]
LONGEST_LINE = 255


@dataclass(frozen=True)
class Target:
    """A type of question with its options, how conditions read it, and what differs from the source."""

    slug: str
    options: Options = field(default_factory=dict)
    reading: str = TEXT
    differs: str = ""
    left: str = ""
    """Why the check of the source was not taken along; empty where it was."""
    checks: Checks = ()


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
READINGS = {"email": TEXT, "phone": TEXT, "iban": OTHER, "whole_number": NUMBER}


def has(slug: str) -> bool:
    """Whether this installation offers the type."""
    return slug in field_types and not field_types[slug].retired


def target_of(source: Field) -> Target:
    """The type that asks the same, or comes nearest; ``differs`` says what is lost."""
    make = TARGETS.get(source.type)
    if make is None:
        why = _("fields of type “%(type)s” are not known: asked as a line of text")
        return replace(SHORT, differs=why % {"type": source.type[:40]})
    target = make(source)
    if not has(target.slug):
        why = _("this installation has no question of type “%(type)s”: asked as a line of text")
        return replace(SHORT, differs=why % {"type": target.slug})
    known = field_types[target.slug].option_blocks()
    options = {name: value for name, value in target.options.items() if name in known}
    return _with_known_checks(replace(target, options=options))


def _with_known_checks(target: Target) -> Target:
    """Only the validators that there are for this type; what is lost is said."""
    known = tuple(check for check in target.checks if check[0] in validators)
    known = tuple(check for check in known if target.slug in validators[check[0]].applies_to)
    lost = ", ".join(slug for slug, _options in target.checks if slug not in dict(known))
    why = _("this installation has no check “%(check)s”") % {"check": lost} if lost else target.left
    return replace(target, checks=known, left=why)


def purpose_of(source: Field) -> str:
    """What of the user the source fills in, as a token."""
    return USER_PURPOSES.get(source.prefill.value, "") if source.prefill and source.prefill.kind == "user" else ""


def _line(source: Field) -> Target:
    """A line of text, or the type that checks what the source checks."""
    purpose = purpose_of(source)
    if source.validation is not None:
        line = line_of(source.validation, words=f"{source.label} {source.varname}")
        options = {"purpose": purpose, **line.options}
        reading = READINGS.get(line.slug, TEXT)
        return Target(line.slug, options, reading, left=line.left, checks=line.checks)
    if purpose == "email":
        return Target("email")
    if purpose == "tel":
        return Target("phone")
    longest = _positive(source.settings.get("maxlength"))
    return Target("short_text", {"purpose": purpose, **({"max_length": min(longest, LONGEST_LINE)} if longest else {})})


def _positive(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _long(source: Field) -> Target:
    longest = _positive(source.settings.get("maxlength"))
    return Target("long_text", {"max_length": longest} if longest else {})


def _tick(source: Field) -> Target:
    """A box: one that must be ticked is a commitment, one that may be is a yes or no."""
    return Target("consent", reading=TICK) if source.required and has("consent") else Target("yes_no", reading=BOOLEAN)


def _day(source: Field) -> Target:
    """A day; before or after today, today included or not."""
    settings = source.settings
    past, future = settings.get("date_in_the_past") == "True", settings.get("minimum_is_future") == "True"
    limit = "past" if past and not future else "future" if future and not past else ""
    options = {"limit": limit, "birthday": purpose_of(source) == "bday"}
    checks: Checks = ()
    if limit and settings.get("date_can_be_today") != "True":
        bound, side = ("not_after", "before") if limit == "past" else ("not_before", "after")
        checks = (("date_range", {"bound": bound, "count": 1, "unit": "days", "side": side}),)
    fixed = [settings[name] for name in ("minimum_date", "maximum_date") if settings.get(name)]
    lost = _("the limit %(dates)s was not taken along") % {"dates": ", ".join(fixed)} if fixed else ""
    return Target("date", options, DATE, lost, checks=checks)


def _number(source: Field) -> Target:
    """A number, whole where the source says so, within its limits."""
    settings = source.settings
    limits = {"at_least": settings.get("min_value"), "at_most": settings.get("max_value")}
    told = {name: float(text) for name, text in limits.items() if text and text.replace(".", "").isdigit()}
    checks: Checks = (("number_range", told),) if told else ()
    slug = "whole_number" if settings.get("restrict_to_integers") == "True" else "decimal_number"
    return Target(slug, reading=NUMBER, checks=checks)


def _several(source: Field) -> Target:
    least, most = (_positive(source.settings.get(name)) for name in ("min_choices", "max_choices"))
    bounded = least > 1 or 0 < most < len(source.items)
    lost = _("any number of choices may be ticked; it was %(least)d to %(most)d") if bounded else ""
    return Target("several_choices", reading=SEVERAL, differs=lost % {"least": least, "most": most} if lost else "")


def _ranked(source: Field) -> Target:
    return replace(_several(source), differs=_("choices are ticked, not ranked"))


def _files(source: Field) -> Target:
    """Files; pictures where only those are accepted."""
    kinds = {text for row in source.lists.get("document_type", ()) for text in row}
    return Target("file", {"kinds": "pictures" if "image/*" in kinds else "any", "max_files": 1}, OTHER)


TARGETS: dict[str, Callable[[Field], Target]] = {
    "string": _line,
    "text": _long,
    "email": lambda _source: Target("email"),
    "bool": _tick,
    "item": lambda _source: Target("one_choice", reading=CHOICE),
    "items": _several,
    "ranked-items": _ranked,
    "date": _day,
    "time": lambda _source: Target("pattern_text", {"pattern": "hour"}),
    "time-range": lambda _source: Target("time_slot", reading=OTHER),
    "file": _files,
    "map": lambda _source: Target("place", reading=OTHER),
    "numeric": _number,
    "password": lambda _source: replace(SHORT, differs=_("what is typed can be read on the screen")),
}
