"""Hours as the State's directory of administrations (DILA) writes them.

``lundi>vendredi 09:00-12:00+14:00-17:00 ; samedi>samedi 09:00-12:00 [état civil seulement]``:
days, ranges, and a condition in square brackets.
"""

from __future__ import annotations

import re
from datetime import time

from directory.hours.schedule import OpeningRange
from directory.hours.stored import clock

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_PIECE = re.compile(
    r"(?P<first>[a-z]+)(?:\s*>\s*(?P<last>[a-z]+))?\s+(?P<times>[0-9:+\s-]+?)\s*(?:\[(?P<note>.*)\])?\s*", re.I | re.S
)
_BETWEEN = re.compile(r"\s*;\s*(?![^\[\]]*\])")


class Unreadable(ValueError):
    """Hours that cannot be read for sure; the message quotes the piece."""


def parse(text: str) -> tuple[OpeningRange, ...]:
    """Read hours; nothing for an empty text.

    Raises:
        Unreadable: one piece is not understood. All is refused then: half the hours would
            say "closed" where nobody knows.
    """
    pieces = [piece for piece in _BETWEEN.split(text.strip()) if piece]
    return tuple(sorted({opening for piece in pieces for opening in _read(piece)}))


def _read(piece: str) -> list[OpeningRange]:
    match = _PIECE.fullmatch(piece)
    if not match:
        raise Unreadable(f"hours not understood: {piece[:80]!r}")
    note = " ".join((match["note"] or "").split())
    try:
        days = _days(match["first"], match["last"] or match["first"])
        spans = [_span(times) for times in match["times"].split("+")]
        return [OpeningRange(day, opens, closes, note) for day in days for opens, closes in spans]
    except ValueError as error:
        raise Unreadable(f"hours not understood: {piece[:80]!r} ({error})") from error


def _days(first: str, last: str) -> list[int]:
    """ISO days from ``first`` to ``last``, round the end of the week if need be."""
    start, end = DAYS.index(first.lower()), DAYS.index(last.lower())
    return [(start + offset) % 7 + 1 for offset in range((end - start) % 7 + 1)]


def _span(text: str) -> tuple[time, time]:
    opens, _, closes = (part.strip() for part in text.partition("-"))
    start, end = clock(opens), clock(closes)
    # An office that closes before it opens is a slip of the keyboard, not a night opening.
    if closes != "24:00" and end <= start:
        raise ValueError("closes before it opens")
    return start, end
