"""Documents about a request, as tagged PDFs: the receipt, and the request with its answers.

The words are those of the pages and e-mails. What people typed goes through the templates'
escaping like anywhere else; here it is only made fit to be drawn in bounded time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.formats.letterhead import letterhead
from cms.formats.pdf import tagged_pdf
from procedures.definition.compiled import Definition, Section, Step
from procedures.definition.rows import own_id
from procedures.inbox.models import Attachment, ServiceRequest
from procedures.inbox.querysets import city_today
from procedures.inbox.receipt import first_receipt_of, receipt_of

MOST_CHARACTERS = 120_000
"""Of all answers together: some 40 pages, drawn in two to six seconds. A new line costs as much as forty."""
LINE = 40
CUT = " […]"
# Drawn by no font, allowed in no XML.
UNDRAWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# A word longer than the line would be drawn in a time that grows as its square: a space without
# width, of which nothing is drawn nor copied, lets it break.
ENDLESS = re.compile(r"\S{40}(?=\S)")
EMPTY_LINES = re.compile(r"\n\s*\n\s*\n")


@dataclass(frozen=True)
class ShownAnswer:
    """An answer as the document shows it; ``lang`` only where it is not the document's language."""

    question: str
    words: str
    lang: str = ""
    first_words: str = ""
    """What the resident saw, where the words are a translation."""


@dataclass
class Part:
    """The answers under one heading: 2 for a step, 3 for a section, whose title may be empty."""

    title: str
    level: int = 2
    lang: str = ""
    answers: list[ShownAnswer] = field(default_factory=list)


class Room:
    """How much text still fits."""

    def __init__(self, characters: int) -> None:
        self.left = characters
        self.is_cut = False

    def take(self, text: str) -> str:
        """As much of ``text`` as fits, fit to be drawn."""
        text = EMPTY_LINES.sub("\n\n", UNDRAWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()
        lines = text.split("\n")
        for number, line in enumerate(lines):
            cost = len(line) + LINE
            if cost > self.left:
                self.is_cut, kept = True, line[: max(0, self.left - LINE)]
                self.left = 0
                text = "\n".join([*lines[:number], kept]).rstrip() + CUT
                break
            self.left -= cost
        return ENDLESS.sub(lambda word: word[0] + "\u200b", text)


def receipt_name(request: ServiceRequest) -> str:
    """What the receipt's file is called, in the active language."""
    return _("receipt") + f"-{request.number}.pdf"


def request_name(request: ServiceRequest) -> str:
    """What the request's file is called, in the active language."""
    return _("request") + f"-{request.number}.pdf"


def receipt_pdf(request: ServiceRequest) -> bytes:
    """The acknowledgement of receipt with the dates of the day of filing, in the active language."""
    receipt = first_receipt_of(request)
    return draw(
        "papers/receipt.html",
        request,
        heading=_("Acknowledgement of receipt"),
        receipt=receipt,
        requester=request.requester_name,
        writes=bool(request.requester_email),
        follow_url=settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(settings.FOLLOW_URL_NAME),
        today=request.received_on,
    )


def request_pdf(request: ServiceRequest, *, for_agent: bool = False) -> bytes:
    """The request with its answers as they were shown, in the active language.

    Args:
        for_agent: the agents' words for questions and answers (the city's own language), with what
            the resident saw under each; else the resident's words.
    """
    room = Room(MOST_CHARACTERS)
    return draw(
        "papers/request.html",
        request,
        heading=_("Copy of the request"),
        receipt=receipt_of(request, due_on=request.due_on, announced_on=request.announced_on),
        parts=parts_of(request, room, for_agent=for_agent),
        files=list(Attachment.objects.of_the_resident().filter(request=request)),
        is_cut=room.is_cut,
        for_agent=for_agent,
        today=city_today(),
    )


def parts_of(request: ServiceRequest, room: Room, *, for_agent: bool) -> list[Part]:
    """The answers under the headings of their steps and sections, in the order they were asked."""
    places = _places(request.version.in_language(_language()))
    elsewhere = (Part(_("Answers")), Part(""))
    parts: list[Part] = []
    for answer in request.answers:
        headings = places.get(own_id(answer["question_id"]), elsewhere)
        parts += [part for part in headings if not any(part is known for known in parts)]
        headings[-1].answers.append(_shown(answer, request.language, room, for_agent))
    return parts


def _places(definition: Definition) -> dict[str, tuple[Part, Part]]:
    """Step and section of each question, those of repeated groups included."""
    places: dict[str, tuple[Part, Part]] = {}
    for step in definition.steps:
        heading = _heading(step, 2)
        for section in step.sections:
            place = (heading, _heading(section, 3))
            for question in section.questions:
                places |= {one.id: place for one in (question, *question.questions)}
    return places


def _heading(titled: Step | Section, level: int) -> Part:
    return Part(titled.title, level, "" if titled.lang == _language() else titled.lang)


def _shown(answer: dict[str, Any], language: str, room: Room, for_agent: bool) -> ShownAnswer:
    if not for_agent:
        lang = "" if language == _language() else language
        return ShownAnswer(room.take(answer["label"]), room.take(answer["shown"]), lang)
    question, words = room.take(answer["agent_label"]), room.take(answer["agent_shown"])
    seen = [
        room.take(answer[name])
        for name, agents in (("label", "agent_label"), ("shown", "agent_shown"))
        if answer[name] != answer[agents]
    ]
    return ShownAnswer(question, words, first_words="\n".join(filter(None, seen)))


def draw(template: str, request: ServiceRequest, *, today: date, heading: str, **context: Any) -> bytes:
    """Draw a document about ``request``, in the active language; the context holds its ``receipt``."""
    town = letterhead(_language())
    title = f"{heading} {request.number}"
    receipt = context["receipt"]
    html = render_to_string(
        template,
        {
            "town": town,
            "desk": receipt.desk,
            "definition": request.version.in_language(_language()),
            "number": request.number,
            "request": request,
            "title": title,
            "heading": heading,
            "today": today,
            **context,
        },
    )
    return tagged_pdf(html, language=_language(), title=title, style=town.style, files=town.files)


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
