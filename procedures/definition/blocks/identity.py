"""Ids for blocks written by code or by hand: at every level, not only at the top as Wagtail gives them.

A question's id is its name in forms and answers; translation follows ids too.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from wagtail import blocks
from wagtail.blocks import StreamValue


class IdentifiedStreamBlock(blocks.StreamBlock):
    """A stream whose blocks have ids from the first reading on, before anybody refers to them."""

    def to_python(self, value: Any) -> StreamValue:
        """Read the stored JSON."""
        if isinstance(value, str) and value:
            value = json.loads(value)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            value = identified(self, value)
        return super().to_python(value)


def identified(block: blocks.Block, raw: Any) -> Any:
    """The raw (JSON) value of ``block`` with an id on every child that had none."""
    if isinstance(block, blocks.StreamBlock) and isinstance(raw, list):
        return [_child(block.child_blocks.get(child["type"]), child) for child in raw]
    if isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        known = block.child_blocks
        return {name: identified(known[name], value) if name in known else value for name, value in raw.items()}
    if isinstance(block, blocks.ListBlock) and isinstance(raw, list):
        return [_child(block.child_block, _item(item)) for item in raw]
    return raw


def _child(block: blocks.Block | None, child: dict[str, Any]) -> dict[str, Any]:
    value = child["value"] if block is None else identified(block, child["value"])
    return {**child, "value": value, "id": child.get("id") or str(uuid4())}


def _item(item: Any) -> dict[str, Any]:
    """An item of a list in the form that carries an id; a bare value is taken too."""
    if isinstance(item, dict) and item.keys() <= {"type", "value", "id"} and "value" in item and "type" in item:
        return item
    return {"type": "item", "value": item}
