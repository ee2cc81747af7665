"""Which way a text runs: browsers find it out themselves (``dir="auto"``), WeasyPrint does not."""

from __future__ import annotations

from unicodedata import bidirectional

from django import template
from django.conf import settings
from django.utils.translation import get_language, get_language_bidi, get_language_info

register = template.Library()
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
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
    """The language to mark ``text`` with on this page; nothing where it is the page's, or cannot be told.

    ``language`` is its writer's, or empty. A form in Arabic holds French addresses and names too, which a voice must
    not read as Arabic; and on a page in Arabic what is in Latin letters is the city's.
    """
    way = direction(text)
    if get_language_bidi() and way == "ltr":
        return settings.LANGUAGE_CODE
    if not language or language == get_language():
        return ""
    return language if way == ("rtl" if get_language_info(language)["bidi"] else "ltr") else ""


@register.filter
def isolated(text: object) -> str:
    """``text`` as plain text keeps it in one piece between words that run from right to left: a phone, an address.

    Without it, the figures of ``02 00 00 00 30`` are read from the last to the first after an Arabic word.
    """
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if get_language_bidi() else str(text)
