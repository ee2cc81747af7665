"""Lists that everybody shares, from the packages that keep them: nobody has to write them, or keep them true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from babel import Locale
from django.utils.translation import gettext_lazy as _

from directory.territory.towns import departements, folded
from procedures.fields.countries import countries, locale

NO_LANGUAGE = {"mis", "mul", "root", "und", "zxx"}


def _countries(babel: Locale) -> Mapping[str, str]:
    return dict(countries())


def _languages(babel: Locale) -> Mapping[str, str]:
    known = {code: name for code, name in babel.languages.items() if "_" not in code and code not in NO_LANGUAGE}
    ordered = sorted(known.items(), key=lambda entry: folded(entry[1]))
    return {code: name[:1].upper() + name[1:] for code, name in ordered}


def _departements(babel: Locale) -> Mapping[str, str]:
    return {code: f"{code} – {name}" for code, name in departements()}


class ReferenceList(NamedTuple):
    """A list of the trade: what it is called, what it holds in a language, in order."""

    label: Any
    words: Callable[[Locale], Mapping[str, str]]


REFERENCE_LISTS = {
    "countries": ReferenceList(_("Countries of the world, for an address or a nationality"), _countries),
    "departements": ReferenceList(_("French départements"), _departements),
    "languages": ReferenceList(_("Languages of the world"), _languages),
}


def entries(slug: str) -> Mapping[str, str]:
    """The words of a list under their codes (ISO 3166-1, INSEE, ISO 639), in the active language and its order."""
    return _entries(slug, str(locale()))


@cache
def _entries(slug: str, name: str) -> Mapping[str, str]:
    return REFERENCE_LISTS[slug].words(Locale.parse(name))
