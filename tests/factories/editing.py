"""What Wagtail's editor of procedures posts, whatever blocks the plugins offer."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.test.utils.form_data import nested_form_data, rich_text

from procedures.definition.models import ProcedurePage
from tests.factories.procedures import Raw


def posted(block: blocks.Block, value: Any) -> Any:
    """The fields of one block, as nested dictionaries."""
    if isinstance(block, blocks.StreamBlock):
        return _listed([(child.block_type, posted(child.block, child.value), child.id) for child in value or ()])
    if isinstance(block, blocks.ListBlock):
        items = value.bound_blocks if value is not None else ()
        return _listed([("item", posted(item.block, item.value), item.id) for item in items])
    if isinstance(block, blocks.StructBlock):
        fields = {name: posted(child, value[name]) for name, child in block.child_blocks.items()}
        return {name: field for name, field in fields.items() if field is not None}
    if isinstance(block, blocks.BooleanBlock):
        return "on" if value else None  # a box that is not ticked posts nothing
    if isinstance(block, blocks.RichTextBlock):
        return rich_text(value.source if value else "")
    shown = block.value_for_form(value)
    return "" if shown is None else str(shown)


def _listed(items: list[tuple[str, Any, str | None]]) -> Raw:
    made: Raw = {"count": str(len(items))}
    for place, (type, value, id) in enumerate(items):
        made[str(place)] = {"type": type, "deleted": "", "order": str(place), "id": id or "", "value": value}
    return made


def post(*steps: Raw, action: str = "action-publish", **fields: Any) -> dict[str, Any]:
    """What the editor sends: these steps, and a page that is right but for what ``fields`` change."""
    block = ProcedurePage._meta.get_field("steps").stream_block
    values = {
        "title": "Demander un acte",
        "slug": "demander-un-acte",
        "introduction": "Pour prouver sa naissance.",
        "needed": rich_text(""),
        "alternative": rich_text("<p>Au guichet.</p>"),
        "confirmation": rich_text(""),
        "theme": "papers",
        "silence_effect": "acceptance",
        "delay": "2",
        "delay_unit": "months",
        "announced_delay_days": "15",
        "announced_delay_unit": "days",
        "retention_months": "12",
        "files_months": "",
        "steps": posted(block, block.to_python(list(steps))),
        "routes": {"count": "0"},
        "fees": {"count": "0"},
        "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"},
        action: "1",
        **fields,
    }
    return nested_form_data(values)
