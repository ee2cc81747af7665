"""Places that an importer leaves for a person to complete: readable by anybody, found again in any language."""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _


def to_complete(what: str) -> str:
    """« [To complete: what] », in the active language."""
    return _("[To complete: %(what)s]") % {"what": what}


def is_to_complete(text: str) -> bool:
    """Whether a text holds a place to complete."""
    return "[" in text and _marks().search(text) is not None


@cache  # up to the colon: an editor may change the space beside it
def _marks() -> re.Pattern[str]:
    beginnings = {"[To complete"}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            beginnings.add(_("[To complete: %(what)s]").partition("%")[0].rstrip(" :\N{NO-BREAK SPACE}"))
    return re.compile("|".join(map(re.escape, sorted(beginnings))))
