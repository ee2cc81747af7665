"""Tracking numbers: short enough to read aloud, too many to guess, wrong ones noticed.

Ten random characters of Crockford's alphabet (no I, L, O, U) and a check character, Luhn
modulo 32: every wrong character is caught, and every swap of neighbours but 0Z/Z0.
"""

from __future__ import annotations

import secrets

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_CHARACTERS = 10
LENGTH = RANDOM_CHARACTERS + 1
_LOOKALIKES = str.maketrans("OIL", "011")
_GROUPS = ((0, 4), (4, 8), (8, LENGTH))


def new_tracking_number() -> str:
    """Draw a number, check character included: 11 characters, as they are stored."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Compute the check character of ``body`` (Luhn modulo 32)."""
    total, size = 0, len(ALPHABET)
    for position, character in enumerate(reversed(body)):
        value = ALPHABET.index(character) * (1 if position % 2 else 2)
        total += value // size + value % size
    return ALPHABET[-total % size]


def shown(number: str) -> str:
    """Write a stored number as people read it: ``VAL-7F3K-92QD-MXC``."""
    return "-".join([settings.TRACKING_PREFIX, *(number[start:end] for start, end in _GROUPS)])


def read(typed: str) -> str | None:
    """Read what somebody typed, with or without prefix, spaces, dashes, capitals.

    Returns:
        The number as stored, or None where it can be no number of ours.
    """
    characters = _letters(typed)
    prefix = _letters(settings.TRACKING_PREFIX)
    if len(characters) == LENGTH + len(prefix) and characters.startswith(prefix):
        characters = characters[len(prefix) :]
    if len(characters) != LENGTH or not set(characters) <= set(ALPHABET):
        return None
    return characters if check_character(characters[:-1]) == characters[-1] else None


def read_part(word: str) -> str | None:
    """Read a piece of a number, as texts are searched for it: no dashes, small letters.

    Returns:
        None for a word that is no piece of a number: without digit nor prefix it is a name.
    """
    prefixed = word.upper().startswith(f"{settings.TRACKING_PREFIX}-")
    characters = _letters(word.upper().removeprefix(settings.TRACKING_PREFIX) if prefixed else word)
    if len(characters) > LENGTH or not set(characters) <= set(ALPHABET):
        return None
    return characters.lower() if prefixed or any(c.isdigit() for c in word) else None


def _letters(text: str) -> str:
    return "".join(c for c in text[:100].upper() if c.isalnum()).translate(_LOOKALIKES)
