"""Questions that offer choices: buttons for a few, a list with search for many, a list of ours where it is the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from procedures.definition.importing.publik.assembling import block_id, cut, key
from procedures.definition.importing.publik.choices import choices_of
from procedures.definition.importing.publik.comparing import Option
from procedures.definition.importing.publik.context import Context, name_of
from procedures.definition.importing.publik.formdef import Field
from procedures.definition.importing.publik.lists import Choices
from procedures.definition.importing.publik.targets import Target, has
from procedures.definition.importing.publik.texts import plain
from procedures.definition.importing.report import LIST
from procedures.definition.marks import to_complete
from procedures.fields.long_list import first_repeated

LONGEST_CHOICE, LONGEST_LINE, MOST_CHOICES, MANY = 500, 200, 100, 25
ONE, LONG = "one_choice", "long_list"


@dataclass(frozen=True)
class Chosen:
    """The choices as the editor stores them, and as conditions see them."""

    stored: Mapping[str, Any]
    options: tuple[Option, ...]


def with_choices(source: Field, target: Target, context: Context, own: str) -> tuple[Target, Chosen, list[str]]:
    """The type that suits the number of choices, the choices, and what is not the same."""
    mentioned = context.mentioned.get(source.varname)
    found = choices_of(source, context.scope, mentioned=mentioned, given=context.given, language=context.language)
    context.tell(LIST, name_of(source), found.result, found.why)
    if found.shared and target.slug == ONE and has(LONG):
        options = tuple(Option(code, words, code) for code, words in found.choices)
        return replace(target, slug=LONG), Chosen({"list": found.shared, "lines": ""}, options), []
    unique, differs = _distinct(found.choices), list[str]()
    if len(unique) < 2:
        missing = [to_complete(_("a choice")), to_complete(_("another choice"))]
        unique += [("", words) for words in missing[len(unique) :]]
        differs.append(_("a choice needs two answers at least: one to complete was added"))
    if any(len(label) > LONGEST_CHOICE for _raw, label in unique):
        differs.append(_("choices of more than %(count)d characters were cut") % {"count": LONGEST_CHOICE})
    if target.slug == ONE and len(unique) > MANY and has(LONG):
        return replace(target, slug=LONG), _lines(unique), differs
    if len(unique) > MOST_CHOICES:
        differs.append(_("only the first %(count)d choices were taken") % {"count": MOST_CHOICES})
    return target, _items(unique[:MOST_CHOICES], own), differs


def _items(choices: Choices, own: str) -> Chosen:
    options = tuple(Option(block_id(own, str(place)), label, raw) for place, (raw, label) in enumerate(choices))
    items = [{"type": "item", "id": option.id, "value": cut(option.label, LONGEST_CHOICE)} for option in options]
    return Chosen({"choices": items}, options)


def _lines(choices: Choices) -> Chosen:
    """One choice per line; what is kept is the line itself."""
    options: list[Option] = []
    lines: list[str] = []
    for raw, label in choices:
        line = " ".join(cut(label, LONGEST_LINE).split())
        if not first_repeated([*lines[-1:], line]) and line not in lines:
            options.append(Option(line, label, raw))
            lines.append(line)
    while twice := first_repeated(lines):
        place = len(lines) - 1 - lines[::-1].index(twice)
        del lines[place], options[place]
    return Chosen({"list": "", "lines": "\n".join(lines)}, tuple(options))


def _distinct(choices: Choices) -> Choices:
    """The choices with words, each once: nobody could tell two of the same words apart."""
    seen: dict[str, tuple[str, str]] = {}
    for raw, label in choices:
        words = plain(label)
        if words:
            seen.setdefault(key(cut(words, LONGEST_CHOICE)), (raw, words))
    return list(seen.values())
