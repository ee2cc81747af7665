"""A procedure that asks one question of every type there is, plugins of others included."""

from __future__ import annotations

from typing import Any

from procedures.definition.blocks.questions import every_kind
from procedures.definition.models import Procedure
from procedures.plugins import FieldType, field_types
from tests.factories.procedures import Raw, block_id, make_procedure, question, section, step

PER_STEP = 6
TEXTS = {"row_name": "enfant"}
CHOICES = ["Une copie", "Deux copies", "Trois copies"]


def one_of(kind: FieldType, name: str = "") -> Raw:
    """A question of this type with the options that an editor finds in it, and what they must add."""
    block = dict(every_kind())[kind.slug]
    fresh = block.get_prep_value(block.normalize(block.get_default()))
    asked = question(kind.slug, f"Votre réponse : {kind.label}", id=name or f"every {kind.slug}")
    asked["value"] |= {**filled(kind, fresh), "required": False}
    return asked


def filled(kind: FieldType, fresh: Raw) -> dict[str, Any]:
    """The options of a new block, with words where a department would write some."""
    known = {"label", "help_text", "required", "condition"}
    options = {name: value for name, value in fresh.items() if name not in known}
    for name in kind.words:
        options[name] = TEXTS.get(name, "<p>Quelques mots.</p>")
    if "choices" in options:
        nested = kind.slug == "linked_lists"
        options["choices"] = [
            item(words, {"label": words, "choices": [item(f"{words} bis", f"{words} bis")]} if nested else words)
            for words in CHOICES
        ]
    if kind.nests:
        inside = [other for other in field_types.offered() if not other.nests]
        options["questions"] = [one_of(other, f"row {other.slug}") for other in inside[:8]]
    return options


def item(name: str, value: Any) -> Raw:
    """An item of a list."""
    return {"type": "item", "id": block_id(name), "value": value}


def make_everything(slug: str = "tout") -> Procedure:
    """Published: several steps, the last questions in a section."""
    kinds = field_types.offered()
    blocks = [one_of(kind) for kind in kinds]
    steps = [
        step(f"Étape {place // PER_STEP + 1}", *blocks[place : place + PER_STEP])
        for place in range(0, len(blocks), PER_STEP)
    ]
    last = steps[-1]["value"]["questions"]
    steps[-1]["value"]["questions"] = [section("Pour finir", *last)]
    return make_procedure(*steps, slug=slug)
