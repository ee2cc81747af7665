"""One field of a form as a question of ours, and what conditions may know of it later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from procedures.definition.importing.publik.assembling import (
    LONGEST_HELP,
    LONGEST_LABEL,
    Block,
    block_id,
    cut,
)
from procedures.definition.importing.publik.choosing import with_choices
from procedures.definition.importing.publik.comparing import CHOICE, SEVERAL, Asked, Option
from procedures.definition.importing.publik.context import Context, name_of
from procedures.definition.importing.publik.formdef import Field
from procedures.definition.importing.publik.prefills import prefill_of
from procedures.definition.importing.publik.targets import Target, target_of
from procedures.definition.importing.publik.texts import plain, worded
from procedures.definition.importing.report import (
    APPROXIMATED,
    CHECK,
    CONVERTED,
    LEFT,
    PREFILL,
    TEXT,
)
from procedures.plugins import field_types


@dataclass(frozen=True)
class Made:
    """A question, as it is stored and as later conditions see it; ``differs`` says what is not the same."""

    block: Block
    asked: Asked
    differs: tuple[str, ...] = ()


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
        target, chosen, told = with_choices(source, target, context, own)
        differs += told
        options = chosen.options
        value |= chosen.stored
    if target.differs:
        differs.append(target.differs)
    value |= _checks(source, target, context)
    value |= _prefill(source, target, context)
    asked = Asked(own, source.varname, target.reading, options, answered=source.required)
    return Made({"type": target.slug, "id": own, "value": value}, asked, tuple(differs))


def _checks(source: Field, target: Target, context: Context) -> dict[str, Any]:
    stored = {"checks": [{"type": slug, "value": dict(options)} for slug, options in target.checks]}
    if source.validation is None and not target.checks and not target.left:
        return {}
    if target.left:
        context.tell(CHECK, name_of(source), LEFT, target.left)
    elif target.differs:
        context.tell(CHECK, name_of(source), LEFT, target.differs)
    else:
        context.tell(CHECK, name_of(source), CONVERTED)
    return stored if target.checks else {}


def _prefill(source: Field, target: Target, context: Context) -> dict[str, Any]:
    if source.prefill is None:
        return {}
    stored, result, why = prefill_of(source.prefill, field_types[target.slug], context.scope)
    context.tell(PREFILL, name_of(source), result, why)
    return {"prefill": stored} if stored else {}
