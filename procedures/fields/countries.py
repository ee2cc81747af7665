"""Countries under their ISO 3166 codes, named in the language of the page (Unicode CLDR, through Babel)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import pycountry
from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import get_language

FIRST = "FR"
KOSOVO = "XK"
"""Has no ISO code of its own; everybody uses this one."""


def locale() -> Locale:
    """Babel's locale for the active language."""
    try:
        return Locale.parse(get_language() or settings.LANGUAGE_CODE, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(settings.LANGUAGE_CODE, sep="-")


def country_name(code: str) -> str:
    """The country's name in the active language; its code when it is unknown."""
    return locale().territories.get(code) or code


def countries() -> tuple[tuple[str, str], ...]:
    """Code and name of every country, in alphabetical order, France first."""
    return _countries(str(locale()))


@lru_cache(maxsize=16)
def _countries(name: str) -> tuple[tuple[str, str], ...]:
    known = Locale.parse(name).territories
    codes = {*(country.alpha_2 for country in pycountry.countries), KOSOVO} & set(known)
    ordered = sorted(((code, known[code]) for code in codes), key=lambda pair: (pair[0] != FIRST, _plain(pair[1])))
    return tuple(ordered)


def _plain(name: str) -> str:
    """For sorting: without accents and capitals."""
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(letter)
    )
