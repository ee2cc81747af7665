"""Lists that many towns keep outside of their forms under telling names: countries, languages, hours."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from babel import Locale

Choices = list[tuple[str, str]]
"""The source's id and the words of each choice."""
NO_COUNTRY = {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO", "XK"}


def countries(language: str) -> Choices:
    """Names of countries, in alphabetical order (Unicode CLDR)."""
    names = Locale.parse(language).territories
    found = [(code, name) for code, name in names.items() if re.fullmatch(r"[A-Z]{2}", code) and code not in NO_COUNTRY]
    return sorted(found, key=lambda choice: choice[1])


def languages(language: str) -> Choices:
    """Names of the languages that have a code of two letters, in alphabetical order (Unicode CLDR)."""
    names = Locale.parse(language).languages
    return sorted(((code, name) for code, name in names.items() if len(code) == 2), key=lambda choice: choice[1])


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


KNOWN: dict[str, Callable[[str], Choices]] = {
    r"(liste[-_ ]?(des|de)?[-_ ]?)?(pays|countries|country)": countries,
    r"(liste[-_ ]?(des|de)?[-_ ]?)?(langues?|languages?)": languages,
    r"(liste[-_ ]?(des|de)?[-_ ]?)?(mois|months?)": months,
    r"jours?([-_ ](de[-_ ])?(la[-_ ])?semaine)?|weekdays?": weekdays,
    r"heures?|hours?": _two_digits(24),
    r"minutes?": _two_digits(60),
}


def known_list(name: str, language: str) -> Choices:
    """The choices of a list that is known under that name; empty for any other."""
    for pattern, make in KNOWN.items():
        if re.fullmatch(pattern, name.strip().lower()):
            return make(language)
    return []
