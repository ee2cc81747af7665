"""Questions whose type is not installed go through the editor unharmed, for the day when it is again.

Wagtail drops blocks of a type that it does not know. Here they are read as the type that
stands in for them, with all they hold in a hidden field, and are written as they were.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable
from typing import Any

from procedures.definition.reading import ABSENT
from procedures.fields.absent import KEPT

Raw = dict[str, Any]


def read_as_absent(children: Iterable[Raw], known: Container[str]) -> list[Raw]:
    """The stored blocks of a list, the unknown ones under the type that stands in for them."""
    return [child if child["type"] in known else _wrapped(child) for child in children]


def written_as_before(children: Iterable[Raw]) -> list[Raw]:
    """The blocks of a list as they are to be stored, the unknown ones as they were found."""
    return [_unwrapped(child) if child["type"] == ABSENT and child["value"].get(KEPT) else child for child in children]


def _wrapped(child: Raw) -> Raw:
    value = child["value"] if isinstance(child["value"], dict) else {}
    kept = json.dumps({"type": child["type"], "value": child["value"]})
    shown = {"label": value.get("label", ""), "condition": value.get("condition") or {}, KEPT: kept}
    return {"type": ABSENT, "id": child.get("id"), "value": shown}


def _unwrapped(child: Raw) -> Raw:
    kept = json.loads(child["value"][KEPT])
    return {"type": kept["type"], "id": child.get("id"), "value": kept["value"]}
