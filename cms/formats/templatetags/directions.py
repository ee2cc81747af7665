"""Which way a text runs: browsers find it out themselves (``dir="auto"``), WeasyPrint does not."""

from __future__ import annotations

from unicodedata import bidirectional

from django import template
from django.utils.translation import get_language, get_language_info

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


@register.filter
def foreign(text: object, language: str) -> str:
    """``language`` where ``text`` has to be marked with it; nothing on a page in it, or where it runs another way.

    A form in Arabic holds French addresses and names too, which a voice must not read as Arabic.
    """
    runs = "rtl" if get_language_info(language)["bidi"] else "ltr"
    return "" if language == get_language() or direction(text) != runs else language
