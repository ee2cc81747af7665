"""Lists that many towns keep outside of their forms under telling names: countries, months, hours."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from babel import Locale

Choices = list[tuple[str, str]]
"""The source's id and the words of each choice."""


def months(language: str) -> Choices:
    """January to December."""
    names: Mapping[int, str] = Locale.parse(language).months["stand-alone"]["wide"]
    return [(str(number), names[number]) for number in range(1, 13)]


def weekdays(language: str) -> Choices:
    """Monday to Sunday."""
    names: Mapping[int, str] = Locale.parse(language).days["stand-alone"]["wide"]
    return [(str(number + 1), names[number]) for number in range(7)]


def _two_digits(below: int) -> Callable[[str], Choices]:
    return lambda _language: [(f"{number:02}", f"{number:02}") for number in range(below)]


PREFIX = r"(liste[-_ ]?(des|de)?[-_ ]?)?"
SHARED = {
    rf"{PREFIX}(pays|countries|country|nationalit[ée]s?)": "countries",
    rf"{PREFIX}(langues?|languages?)": "languages",
    rf"{PREFIX}d[ée]partements?": "departements",
}
"""Lists that Parvis has itself, by the names that towns give them."""
KNOWN: dict[str, Callable[[str], Choices]] = {
    rf"{PREFIX}(mois|months?)": months,
    r"jours?([-_ ](de[-_ ])?(la[-_ ])?semaine)?|weekdays?": weekdays,
    r"heures?|hours?": _two_digits(24),
    r"minutes?": _two_digits(60),
}


def shared_list(name: str) -> str:
    """The slug of the list of ours that is known under that name; "" for none."""
    return next((slug for pattern, slug in SHARED.items() if re.fullmatch(pattern, name.strip().lower())), "")


def known_list(name: str, language: str) -> Choices:
    """The choices of a short list that is known under that name; empty for any other."""
    for pattern, make in KNOWN.items():
        if re.fullmatch(pattern, name.strip().lower()):
            return make(language)
    return []
