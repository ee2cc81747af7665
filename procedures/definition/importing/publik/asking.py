"""One field of a form as a question of ours, and what conditions may know of it later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from procedures.definition.importing.publik.assembling import (
    LONGEST_HELP,
    LONGEST_LABEL,
    Block,
    block_id,
    cut,
    key,
)
from procedures.definition.importing.publik.choices import Found, choices_of
from procedures.definition.importing.publik.comparing import CHOICE, SEVERAL, Asked, Option
from procedures.definition.importing.publik.folding import Scope
from procedures.definition.importing.publik.formdef import Field, Form
from procedures.definition.importing.publik.lists import Choices
from procedures.definition.importing.publik.mentions import Mentioned
from procedures.definition.importing.publik.prefills import prefill_of
from procedures.definition.importing.publik.targets import Target, has, target_of
from procedures.definition.importing.publik.texts import plain, worded
from procedures.definition.importing.report import (
    APPROXIMATED,
    CHECK,
    CONVERTED,
    LEFT,
    LIST,
    PREFILL,
    TEXT,
    Outcome,
)
from procedures.plugins import field_types

LONGEST_CHOICE, MOST_CHOICES, MANY = 200, 100, 25


@dataclass
class Context:
    """What is known of the whole form while its fields are read one by one."""

    form: Form
    scope: Scope
    mentioned: Mapping[str, Mentioned]
    given: Mapping[str, Choices]
    blocks: Mapping[str, Form]
    language: str
    questions: dict[str, list[Asked]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)

    def tell(self, kind: str, name: str, result: str, why: str = "") -> None:
        """Note what became of something."""
        self.outcomes.append(Outcome(kind, name, result, why))


@dataclass(frozen=True)
class Made:
    """A question, as it is stored and as later conditions see it; ``differs`` says what is not the same."""

    block: Block
    asked: Asked
    differs: tuple[str, ...] = ()


def name_of(source: Field) -> str:
    """What people call the field."""
    return cut(plain(source.label), 120) or source.varname or source.id


def ask(source: Field, context: Context, *, place: str = "") -> Made:
    """The question that asks what the field asks, without its condition.

    Args:
        place: tells apart the ids of fields that come from a block of fields.
    """
    target, differs = target_of(source), []
    label, whole = worded(source.label, context.scope)
    label, hint = plain(label), plain(worded(source.hint, context.scope)[0])
    if not whole:
        context.tell(TEXT, name_of(source), APPROXIMATED, _("the label shows values that are not known beforehand"))
    if len(label) > LONGEST_LABEL:
        hint = f"{label} {hint}"
    own = block_id(context.form.slug, place, source.id)
    value: dict[str, Any] = {
        "label": cut(label or source.varname or source.type, LONGEST_LABEL),
        "help_text": cut(hint, LONGEST_HELP),
        "required": source.required,
        **target.options,
    }
    options: tuple[Option, ...] = ()
    if target.reading in (CHOICE, SEVERAL):
        target, options, told = _with_choices(source, target, context, own)
        differs += told
        value |= {"choices": [{"type": "item", "id": option.id, "value": option.label} for option in options]}
        value["choices"] = _worded(value["choices"])
    if target.differs:
        differs.append(target.differs)
    value |= _checks(source, target, context)
    value |= _prefill(source, target, context)
    asked = Asked(own, source.varname, target.reading, options, answered=source.required)
    return Made({"type": target.slug, "id": own, "value": value}, asked, tuple(differs))


def _with_choices(
    source: Field, target: Target, context: Context, own: str
) -> tuple[Target, tuple[Option, ...], list[str]]:
    found = choices_of(
        source,
        context.scope,
        mentioned=context.mentioned.get(source.varname),
        given=context.given,
        language=context.language,
    )
    context.tell(LIST, name_of(source), found.result, found.why)
    unique = _distinct(found)
    differs: list[str] = []
    if len(unique) < 2:
        unique.append(("", _("[To complete: another choice]")))
        differs.append(_("a choice needs two answers at least: one to complete was added"))
    if target.slug == "one_choice" and len(unique) > MANY and has("long_list"):
        target = replace(target, slug="long_list", options={})
    elif len(unique) > MOST_CHOICES:
        differs.append(_("only the first %(count)d choices were taken") % {"count": MOST_CHOICES})
        unique = unique[:MOST_CHOICES]
    options = tuple(Option(block_id(own, str(place)), label, raw) for place, (raw, label) in enumerate(unique))
    return target, options, differs


def _distinct(found: Found) -> Choices:
    seen: dict[str, tuple[str, str]] = {}
    for raw, label in found.choices:
        words = plain(label)
        if words:
            seen.setdefault(key(cut(words, LONGEST_CHOICE)), (raw, words))
    return list(seen.values())


def _worded(choices: list[Block]) -> list[Block]:
    return [{**choice, "value": cut(choice["value"], LONGEST_CHOICE)} for choice in choices]


def _checks(source: Field, target: Target, context: Context) -> dict[str, Any]:
    if source.validation is None:
        return {}
    if target.check_differs:
        context.tell(CHECK, name_of(source), LEFT, target.check_differs)
    elif target.differs:
        context.tell(CHECK, name_of(source), LEFT, target.differs)
    else:
        context.tell(CHECK, name_of(source), CONVERTED)
    if not target.checks:
        return {}
    return {"checks": [{"type": slug, "value": dict(options)} for slug, options in target.checks]}


def _prefill(source: Field, target: Target, context: Context) -> dict[str, Any]:
    if source.prefill is None:
        return {}
    stored, result, why = prefill_of(source.prefill, field_types[target.slug], context.scope)
    context.tell(PREFILL, name_of(source), result, why)
    return {"prefill": stored} if stored else {}


def remember(context: Context, asked: Asked, names: Sequence[str]) -> None:
    """Let later conditions look at the question under these names."""
    for name in names:
        if name:
            context.questions.setdefault(name, []).append(asked)
