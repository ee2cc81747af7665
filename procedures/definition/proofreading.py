"""The texts of a procedure as residents read them, and how easily they are read."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from django.utils.html import strip_tags
from textstat.textstat import textstatistics

from procedures.definition.outline import SECTION, STEP
from procedures.plugins import DraftProcedure, Path, field_types

PAGE_TEXTS = ("introduction", "needed", "alternative", "declaration", "confirmation", "purpose", "remedies")
LONGEST_SENTENCE = 30
"""Words; beyond, readers go back to the beginning."""
SCORED = 12
"""Words a text must have for its score to mean anything."""
HARD, PLAIN = 40, 60
"""Flesch's reading ease: below ``HARD`` for specialists, from ``PLAIN`` on for everybody."""


class Text(NamedTuple):
    """A text and where an editor finds it."""

    path: Path
    source: str
    """As written: plain, or HTML."""
    words: str
    """Without tags; a block ends its sentence."""


def texts_of(draft: DraftProcedure) -> Iterator[Text]:
    """Every text longer than a label, in the order of the editor's page."""
    for name in PAGE_TEXTS:
        yield from _text((name,), draft.settings.get(name))
    for path, part in draft.parts:
        is_box = part.type in (STEP, SECTION)
        yield from _text((*path, "introduction" if is_box else "help_text"), part.help)
        if not is_box and part.type in field_types:
            for name in field_types[part.type].words:
                yield from _text((*path, name), part.options.get(name))


def _text(path: Path, source: object) -> Iterator[Text]:
    words = plain(str(source or ""))
    if words:
        yield Text(path, str(source), words)


def plain(source: str) -> str:
    """HTML as running text."""
    ended = re.sub(r"(?i)<br\s*/?>|</(p|li|h\d|div)>", "\n", source)
    lines = (" ".join(line.split()) for line in html.unescape(strip_tags(ended)).split("\n"))
    return "\n".join(line for line in lines if line)


def folded(text: str) -> str:
    """Without accents, capitals and repeated spaces: how words are looked for."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def names(text: str, phrases: Iterable[str]) -> str:
    """The first of ``phrases`` (folded) that stands in ``text`` as whole words; "" for none."""
    where = folded(text)
    return next((phrase for phrase in phrases if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", where)), "")


def reading_ease(words: str, language: str) -> int | None:
    """Flesch's score with the French formula: 100 is easy, 0 very hard; None where it would mean nothing."""
    if language != "fr" or len(words.split()) < SCORED:
        return None
    return max(0, min(100, round(_french().flesch_reading_ease(". ".join(sentences(words)) + "."))))


@cache
def _french() -> textstatistics:
    counter = textstatistics()  # of our own: the library's shared one has the language of whoever used it last
    counter.set_lang("fr")
    return counter


def sentences(words: str) -> list[str]:
    """Sentences without their points; a line ends one too."""
    return [found.strip(" .!?…;:") for found in re.split(r"(?<=[.!?…])\s+|\n", words) if found.strip(" .!?…;:")]


def long_sentences(words: str) -> list[str]:
    """The sentences that nobody reads in one breath."""
    return [sentence for sentence in sentences(words) if len(sentence.split()) > LONGEST_SENTENCE]
