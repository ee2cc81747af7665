"""Slips of the finger: a letter too many, too few, another, or two in the wrong order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

SHORTEST = 4
"""A slip in a shorter word leaves nothing to look for."""
LONG = 8
"""From so many letters on, a word may hold two slips."""
CANDIDATES = 4_000
"""Texts that are compared letter by letter, at most."""
PIECE = 3


def may_be_misspelled(word: str) -> bool:
    """Whether it is worth looking for what resembles ``word``: digits are dialled, not spelled."""
    return len(word) >= SHORTEST and not word.lstrip("+").isdecimal()


def may_have_two_slips(word: str) -> bool:
    """Whether ``word`` is so long that what is two slips away still resembles it."""
    return len(word) >= LONG and may_be_misspelled(word)


def quoted(piece: str) -> str:
    """A string of SQLite's full-text expressions."""
    return '"' + piece.replace('"', '""') + '"'


def meant(word: str) -> list[str]:
    """What may be meant by a word with a letter too many, or two in the wrong order."""
    places = range(len(word))
    others = [word[:at] + word[at + 1 :] for at in places]
    others += [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in places[:-1]]
    return list(dict.fromkeys(other for other in others if len(other) >= PIECE and other != word))


def one_away(word: str) -> list[str]:
    """What a word with another letter, or one too few, may stand for, as patterns of SQL's LIKE."""
    quoted_letters = ["\\" + letter if letter in "%_\\" else letter for letter in word]
    places = range(len(word))
    others = ["".join([*quoted_letters[:at], "_", *quoted_letters[at + 1 :]]) for at in places]
    return others + ["".join([*quoted_letters[:at], "_", *quoted_letters[at:]]) for at in places[1:]]


def pieces(word: str) -> str:
    """What finds every word that is one slip away, as a full-text expression.

    What may be meant is named; of a letter too few or another, what stands on both sides of it is looked for.
    """
    ways = dict.fromkeys(map(quoted, meant(word)))
    for at in range(1, len(word)):
        for rest in (word[at:], word[at + 1 :]):
            sides = [side for side in (word[:at], rest) if len(side) >= PIECE]
            if sides:
                ways["(" + " AND ".join(map(quoted, sides)) + ")"] = None
    return "(" + " OR ".join(ways) + ")"


def slips(typed: Sequence[str], text: str) -> int | None:
    """How many slips lie between the words typed and the nearest ones of ``text``; None where one is too far."""
    total, own = 0, text.replace("@", " ").replace(".", " ").split()
    for word in typed:
        allowed = 2 if may_have_two_slips(word) else 1
        nearest = min((distance(word, other) for other in own if abs(len(other) - len(word)) <= allowed), default=99)
        if nearest > allowed:
            return None
        total += nearest
    return total


@lru_cache(maxsize=50_000)
def distance(one: str, other: str) -> int:
    """Count the slips between two words (Damerau and Levenshtein, neighbours swapped count once)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
