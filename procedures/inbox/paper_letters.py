"""Letters as tagged PDFs: one alone, or those of a day in one document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from cms.formats.letterhead import letterhead
from cms.formats.pdf import tagged_pdf
from procedures.inbox.models import Letter
from procedures.inbox.paper_words import address_of, paragraphs_of
from procedures.inbox.papers import Room
from procedures.inbox.querysets import CITY_ZONE
from procedures.inbox.receipt import desk_of

MOST_LETTERS = 50
"""In one document: five seconds of drawing."""


def letter_pdf(letter: Letter) -> bytes:
    """One letter, in its own language."""
    with translation.override(letter.language):
        return _drawn([letter], letter.language, f"{letter.subject} {letter.request.number}")


def letters_pdf(letters: Sequence[Letter]) -> bytes:
    """Several letters, each beginning a page; the document is in the city's own language, each letter in its own.

    Raises:
        ValueError: more than ``MOST_LETTERS``.
    """
    if len(letters) > MOST_LETTERS:
        raise ValueError(f"{len(letters)} letters in one document")
    with translation.override(settings.LANGUAGE_CODE):
        return _drawn(letters, settings.LANGUAGE_CODE, _("Letters to print"))


def _drawn(letters: Sequence[Letter], language: str, title: str) -> bytes:
    town = letterhead(language)
    pages = [_page(letter, is_alone=len(letters) == 1) for letter in letters]
    html = render_to_string("papers/letters.html", {"pages": pages, "title": title, "town": town})
    return tagged_pdf(html, language=language, title=title, style=town.style, files=town.files)


def _page(letter: Letter, *, is_alone: bool) -> str:
    """The HTML of one letter, in its language."""
    request, room = letter.request, Room(30_000)
    context: dict[str, Any] = {
        "letter": letter,
        "subject": room.take(letter.subject),
        "addressee": [room.take(line) for line in address_of(request)],
        "number": request.number,
        "today": localtime(letter.made_at, CITY_ZONE),
        "is_alone": is_alone,
    }
    with translation.override(letter.language):
        return render_to_string(
            "papers/letter.html",
            context
            | {
                "town": letterhead(letter.language),
                "desk": desk_of(request.department),
                "definition": request.version.in_language(letter.language),
                "paragraphs": paragraphs_of(room.take(letter.text)),
                "rtl": get_language_info(letter.language)["bidi"],
            },
        )
