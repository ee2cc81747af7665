"""From what somebody types to what the engine can look for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from cms.pages import site
from cms.search.folding import fold

MAX_LETTERS = 200
MAX_WORDS = 10
_WORD = re.compile(r"\w+")
# Words that say nothing of what is looked for, folded; the three languages of the site.
FRENCH = (
    "a au aux avec c ce ces comment d dans de des du elle en est et faire il j je l la le les leur m ma mes mon n ne "
    "nos notre nous ou par pas pour qu que quel quelle qui s sa se ses son sur t un une vos votre vous"
)
ENGLISH = "a an and are for how i in is my of on or the to what where with you your"
ARABIC = "في من على عن الى إلى و أو ما هل كيف"
EMPTY_WORDS = frozenset(f"{FRENCH} {ENGLISH} {ARABIC}".split())


def clean(typed: str) -> str:
    """One line of at most ``MAX_LETTERS``, without control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in typed[:MAX_LETTERS]).split())


def words_of(typed: str) -> list[str]:
    """The words worth looking for, in order; all of them if none is."""
    found = list(dict.fromkeys(_WORD.findall(typed.casefold().replace("_", " "))))
    return ([word for word in found if fold(word) not in EMPTY_WORDS] or found)[:MAX_WORDS]


def stem(folded: str) -> str:
    """The word without the mark of the plural, to compare words and not to show them."""
    return folded.rstrip("sx") if len(folded) > 3 else folded


def vocabulary(language: str) -> dict[str, str]:
    """Words of the titles of live pages: stem → the word as the city writes it."""
    return site.shared(f"vocabulary-{language}", lambda: _read_vocabulary(language))


def _read_vocabulary(language: str) -> dict[str, str]:
    titles = (ref.title for ref in site.current().pages.values() if ref.language == language and not ref.restricted)
    words = (word for title in titles for word in words_of(title))
    return {stem(fold(word)): word for word in words if fold(word) and not word.isdigit()}


def as_the_city_writes(words: Iterable[str], language: str) -> list[str]:
    """The same words with the accents and the number they have in the site's titles."""
    known = vocabulary(language)
    return [known.get(stem(fold(word)), word) for word in words]


def suggestion(words: list[str], language: str) -> str:
    """The words with the unknown ones replaced by the nearest known; empty if nothing is near."""
    known = vocabulary(language)
    corrected = [_nearest(word, known) for word in words]
    return " ".join(corrected) if corrected != words else ""


def _nearest(word: str, known: dict[str, str]) -> str:
    key = stem(fold(word))
    if key in known or len(key) < 4:
        return word
    alike = [candidate for candidate in known if abs(len(candidate) - len(key)) <= 2]
    found = get_close_matches(key, alike, n=1, cutoff=0.75)
    return known[found[0]] if found else word
