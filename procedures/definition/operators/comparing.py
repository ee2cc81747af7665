"""How two answers are compared, here and in ``static/js/conditions.js``: the same in both, to the letter."""

from __future__ import annotations

import unicodedata

from procedures.plugins import Kept


def folded(text: str) -> str:
    """Text without capitals and accents: « École » and « ecole » are the same word."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")


def is_number(kept: Kept) -> bool:
    """Whole or not; yes and no are no numbers."""
    return isinstance(kept, (int, float)) and not isinstance(kept, bool)


def same(kept: Kept, value: Kept) -> bool:
    """Whether two answers are one; yes is not 1, and « 1 » is not 1."""
    if isinstance(kept, str) and isinstance(value, str):
        return folded(kept) == folded(value)
    if isinstance(kept, list) and isinstance(value, list):
        return len(kept) == len(value) and all(map(same, kept, value))
    if isinstance(kept, bool) or isinstance(value, bool) or kept is None or value is None:
        return kept is value
    return is_number(kept) and is_number(value) and kept == value


def in_order(lesser: Kept, greater: Kept) -> bool:
    """Whether one comes strictly before the other: numbers, or texts sign by sign (dates are ISO 8601)."""
    if isinstance(lesser, str) and isinstance(greater, str):
        return bool(lesser and greater) and lesser < greater
    return is_number(lesser) and is_number(greater) and lesser < greater  # type: ignore[operator]  # both are numbers
