"""« 1er décembre », then « 2 décembre »: French counts the first day of a month, and that one alone."""

from __future__ import annotations

from django.utils.dateformat import DateFormat
from django.utils.translation import get_language

_english = DateFormat.S


def suffix(self: DateFormat) -> str:
    """What ``S`` of a date format writes after the day, in the active language; Django knows English alone."""
    if (get_language() or "").startswith("fr"):
        return "er" if self.j() == 1 else ""
    return str(_english(self))


def learn() -> None:
    """Make ``S`` ask for the language: no setting of Django says it once for every page, letter and e-mail."""
    DateFormat.S = suffix  # type: ignore[method-assign]  # on purpose, see above
