"""What the agents' templates need and Django's do not give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from procedures.fields.phone import spaced

register = template.Library()
register.filter("spaced", spaced)


@register.simple_tag
def label_of(labels: Mapping[str, Any], key: str) -> Any:
    """The label of a stored value; the value itself where it is no longer known."""
    return labels.get(key, key)
