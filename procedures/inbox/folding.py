"""Text as searches compare it: no accents, no capitals, one space between words."""

from __future__ import annotations

import re
import unicodedata

MINIMUM_LENGTH = 3
"""Shorter words are in every request: searching for them costs much and finds nothing."""
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .\-](?=\d{1,2}(?!\d))")
_APART = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "\u00a0": " ", "\u202f": " "})


def fold(text: str) -> str:
    """Fold ``text``, whatever its script."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_APART))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.replace("\x00", " ").split())


def words(typed: str) -> list[str]:
    """The words worth searching for, at most six; digits in pairs, as phone numbers are typed, make one word."""
    joined = _BETWEEN_DIGITS.sub("", fold(typed[:200]))
    return [word for word in joined.split() if len(word) >= MINIMUM_LENGTH][:6]
