"""The words of letters on paper: frozen on the day they are signed, in the resident's language.

``templates/papers/letters/<kind>.txt`` holds the body as paragraphs, lines that begin with a
dash are a list; what e-mails say too comes from the template of the e-mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.definition.compiled import Definition
from procedures.fields.persons import REQUESTER, whose
from procedures.inbox.letters import Paragraph, days_in, tidy, words_of
from procedures.inbox.models import Letter, Message, ServiceRequest
from procedures.inbox.receipt import desk_of, first_receipt_of, receipt_of, remedies_of_decision
from procedures.plugins import field_types, is_empty

SUBJECTS = {
    "receipt": gettext_lazy("Acknowledgement of receipt"),
    "completion_asked": gettext_lazy("Something is missing from your request"),
    "accepted": gettext_lazy("Your request is accepted"),
    "refused": gettext_lazy("Your request is refused"),
    "closed": gettext_lazy("Your request is closed"),
    "transferred": gettext_lazy("Your request was passed on to another body"),
    "merged": gettext_lazy("Your request is dealt with together with another"),
    "forwarded": gettext_lazy("Your request has a new department"),
    "message": gettext_lazy("About your request"),
    "purge_announced": gettext_lazy("Your data will soon be deleted"),
}
LONGEST = 20_000
"""Characters of a letter: some six pages."""


@dataclass(frozen=True)
class Words:
    """Subject and text of a letter."""

    subject: str
    text: str


def words_of_letter(request: ServiceRequest, about: str, **context: Any) -> Words:
    """Write a letter in the resident's language.

    Args:
        about: one of ``SUBJECTS``.
        context: ``message``, ``completion``, what the e-mail of that kind has in ``content``.
    """
    with translation.override(request.language):
        is_first = about == "receipt"
        # Asked for by the templates that name them; hundreds of decisions are written at once.
        receipt: Any = SimpleLazyObject(
            lambda: (
                first_receipt_of(request)
                if is_first
                else receipt_of(request, due_on=request.due_on, announced_on=request.announced_on)
            )
        )
        context = {"message": Message(), "content": {}, **context} | {
            "request": request,
            "receipt": receipt,
            "desk": desk_of(request.department),
            "confirmation": lambda: words_of(receipt.confirmation),
            "remedies": lambda: remedies_of_decision(request),
            "missing": missing_documents(request) if is_first else [],
        }
        context |= days_in(context["content"])
        text = tidy(render_to_string(f"papers/letters/{about}.txt", context))
        return Words(str(SUBJECTS[about])[:200], text[:LONGEST])


def paragraphs_of(text: str) -> list[Paragraph]:
    """The text as the document shows it."""
    text = tidy(text)
    return [Paragraph(tuple(part.split("\n"))) for part in text.split("\n\n")] if text else []


def missing_documents(request: ServiceRequest) -> list[str]:
    """The documents that were asked for and not handed in: the list of CRPA R112-5."""
    definition: Definition = request.version.in_language(request.language)
    known = definition.question_by_id
    return [
        answer["label"]
        for answer in request.answers
        if is_empty(answer["value"])
        and (question := known.get(answer["question_id"])) is not None
        and question.required
        and question.field_type.takes_files
    ]


def address_of(request: ServiceRequest) -> list[str]:
    """Name and postal address of the person who asks, line by line; the name alone where none was given."""
    known = request.version.in_language(request.language).question_by_id
    for answer in request.answers:
        question = known.get(answer["question_id"])
        if answer["type"] == "address" and answer["value"] and (question is None or whose(question) == REQUESTER):
            words = field_types["address"].display(answer["value"], question) if question else answer["shown"]
            return [request.requester_name, *(line.strip() for line in words.split(",") if line.strip())]
    return [request.requester_name]


def file_name(letter: Letter) -> str:
    """What a letter's file is called, in the active language."""
    return _("letter") + f"-{letter.request.number}-{letter.pk}.pdf"
