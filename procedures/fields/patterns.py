"""The patterns that a text may follow: each reads what was typed and shows what is kept.

Rules and check digits are those of python-stdnum where it knows them. Expressions of imported
procedures run on RE2, whose time is bounded by the length of the text: none can hang a server.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import re2
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.be import nn
from stdnum.eu import vat
from stdnum.exceptions import ValidationError as NotANumber
from stdnum.fr import nif, nir, siren

from procedures.fields.digits import ascii_digits, compact, grouped

CUSTOM = "custom"
"""The pattern of an imported procedure: an expression, in RE2's syntax."""
LONGEST_EXPRESSION = 500
MEMORY_BYTES = 1_000_000
Read = Callable[[str], str]


class Pattern(NamedTuple):
    """``read`` gives what is kept or raises ValueError; ``show`` writes it as people do."""

    label: Any
    example: str
    read: Read
    show: Read = str
    inputmode: str = "text"


def by_expression(expression: str, clean: Read = compact) -> Read:
    """Read what fits a regular expression once cleaned."""
    compiled = re.compile(expression)

    def read(typed: str) -> str:
        text = clean(typed)
        if not compiled.fullmatch(text):
            raise ValueError(typed)
        return text

    return read


def by_register(validate: Read) -> Read:
    """Read a number whose register is known to python-stdnum."""

    def read(typed: str) -> str:
        try:
            return validate(compact(typed))
        except NotANumber as error:
            raise ValueError(typed) from error

    return read


SIV = re.compile(r"([A-HJ-NP-TV-Z]{2})([0-9]{3})([A-HJ-NP-TV-Z]{2})")
FNI = re.compile(r"([1-9][0-9]{0,3})([A-Z]{1,3})(0[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97[1-6])")


def read_plate(typed: str) -> str:
    """AA-229-BB since 2009 (without I, O, U; SS and WW kept for others), 1234 AB 56 before."""
    text = compact(typed)
    new, old = SIV.fullmatch(text), FNI.fullmatch(text)
    if new and "SS" not in (new[1], new[3]) and new[1] != "WW":
        return "-".join(new.groups())
    if old:
        return " ".join(old.groups())
    raise ValueError(typed)


def read_url(typed: str) -> str:
    """An address of the web, http or https; without a scheme it is https."""
    text = typed.strip()
    try:
        address = forms.URLField(assume_scheme="https").clean(text)
        is_web = urlsplit(address).scheme in ("http", "https")
    except ValidationError as error:
        raise ValueError(typed) from error
    if not is_web:
        raise ValueError(typed)
    return str(address)


def read_hour(typed: str) -> str:
    """hh:mm; 9h30 is understood."""
    found = re.fullmatch(r"(\d{1,2})\s*[:hH.]\s*(\d{2})?", ascii_digits(typed).strip())
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise ValueError(typed)
    return f"{int(found[1]):02}:{int(found[2] or 0):02}"


def read_letters(typed: str) -> str:
    """Letters of any script, spaces, hyphens and apostrophes between them."""
    text = " ".join(typed.split())
    if not text or not all(letter.isalpha() or letter in " -'’" for letter in text):
        raise ValueError(typed)
    return text


def read_be_national(typed: str) -> str:
    """Eleven digits: birth, serial, check digits."""
    return by_register(nn.validate)(typed)


POSTCODE = by_expression(r"(0[1-9]|[1-8][0-9]|9[0-58])[0-9]{3}")
INSEE = by_expression(r"([0-9]{2}|2[AB])[0-9]{3}")
PATTERNS: dict[str, Pattern] = {
    "digits": Pattern(_("Digits only"), "0123456789", by_expression("[0-9]+"), inputmode="numeric"),
    "letters": Pattern(_("Letters only"), "Valmarie", read_letters),
    "postcode": Pattern(_("French postcode"), "49000", POSTCODE, inputmode="numeric"),
    "insee": Pattern(_("INSEE code of a commune"), "49007", INSEE),
    "plate": Pattern(_("Licence plate"), "AA-229-BB", read_plate),
    "tax_number": Pattern(_("Tax number (SPI)"), "30 23 217 600 053", by_register(nif.validate), nif.format, "numeric"),
    "siren": Pattern(
        _("Company number (SIREN)"),
        "732 829 320",
        by_register(siren.validate),
        lambda kept: grouped(kept, 3),
        "numeric",
    ),
    "vat": Pattern(_("European VAT number"), "FR 40 303 265 045", by_register(vat.validate)),
    "nir": Pattern(
        _("Social security number (only if a decree allows it)"),
        "2 95 10 99 126 111 93",
        by_register(nir.validate),
        nir.format,
    ),
    "be_national": Pattern(_("Belgian national number"), "85.07.30-033.28", read_be_national, nn.format, "numeric"),
    "passport": Pattern(_("French passport number"), "14AA12345", by_expression("[0-9]{2}[A-Z]{2}[0-9]{5}")),
    "url": Pattern(_("Address of a web page"), "https://www.example.org", read_url, inputmode="url"),
    "hour": Pattern(_("Hour and minutes"), "09:30", read_hour),
}


@lru_cache(maxsize=256)
def compiled_expression(expression: str) -> Any:
    """The expression, ready to be matched against a whole text. Raises ValueError for what RE2 refuses.

    It refuses what needs going back (references, looking ahead or behind) and what would take
    more memory than ``MEMORY_BYTES``.
    """
    if not expression or len(expression) > LONGEST_EXPRESSION:
        raise ValueError(expression)
    options = re2.Options()
    options.max_mem, options.log_errors = MEMORY_BYTES, False
    try:
        return re2.compile(expression, options)
    except re2.error as error:
        raise ValueError(expression) from error


def read_custom(expression: str) -> Read:
    """Read what the whole expression matches, in plain digits."""

    def read(typed: str) -> str:
        text = ascii_digits(typed).strip()
        if not compiled_expression(expression).fullmatch(text):
            raise ValueError(typed)
        return text

    return read
