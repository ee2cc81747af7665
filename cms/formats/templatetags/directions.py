"""Which way a text runs: browsers find it out themselves (``dir="auto"``), WeasyPrint does not."""

from __future__ import annotations

from unicodedata import bidirectional

from django import template

register = template.Library()
LOOKED_AT = 2_000  # characters; a text whose first letter comes later has none that matters


@register.filter
def direction(text: object) -> str:
    """``rtl`` or ``ltr``, by the first letter that has a direction; figures alone run left to right."""
    for character in str(text)[:LOOKED_AT]:
        kind = bidirectional(character)
        if kind in {"R", "AL"}:
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"
