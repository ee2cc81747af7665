"""Digits as people type them: those of Arabic and of other scripts, with spaces of every width."""

from __future__ import annotations

import unicodedata

LONGEST = 60
"""Characters of a number as typed, spaces included."""


def ascii_digits(typed: str) -> str:
    """The text with every decimal digit written 0 to 9."""
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in typed)


def compact(typed: str, separators: str = ".-/'’") -> str:
    """The text with plain digits, in capitals, without white space and ``separators``."""
    return "".join(
        letter for letter in ascii_digits(typed) if not letter.isspace() and letter not in separators
    ).upper()


def grouped(text: str, *sizes: int) -> str:
    """The text cut by ``sizes``, the last one again and again: 732 829 320 00074."""
    groups, start, place = [], 0, 0
    while start < len(text):
        size = sizes[min(place, len(sizes) - 1)]
        groups.append(text[start : start + size])
        start, place = start + size, place + 1
    return " ".join(groups)
