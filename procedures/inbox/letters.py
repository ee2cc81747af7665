"""The words of e-mails: one template per kind of message, for plain text and HTML alike.

``templates/emails/<kind>.txt`` holds the body as paragraphs; lines that begin with a dash
are a list. Greeting, link and department come from the two layouts. Links are made here,
at delivery: no secret is kept in the outbox.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _

from cms.pages.facts import facts
from directory.models import Department
from procedures.inbox.models import ServiceRequest
from procedures.inbox.receipt import desk_of, receipt_of, remedies_of_decision
from procedures.inbox.transitions import Status
from procedures.inbox.wording import own_words

# The status that a letter tells of: it begins with the procedure's own words for it, where there are some.
STATUSES = {
    "forwarded": Status.FORWARDED,
    "completion_asked": Status.WAITING,
    "completion_answered": Status.IN_PROGRESS,
    "accepted": Status.ACCEPTED,
    "refused": Status.REFUSED,
    "closed": Status.CLOSED,
    "transferred": Status.TRANSFERRED,
}
SUBJECTS = {
    "receipt": _("We have received your request %(number)s"),
    "forwarded": _("Your request %(number)s has a new department"),
    "completion_asked": _("Something is missing from your request %(number)s"),
    "completion_answered": _("We have received what was missing from your request %(number)s"),
    "message": _("A message about your request %(number)s"),
    "accepted": _("Your request %(number)s is accepted"),
    "refused": _("Your request %(number)s is refused"),
    "closed": _("Your request %(number)s is closed"),
    "attested": _("The attestation of your request %(number)s is here"),
    "transferred": _("Your request %(number)s was passed on to another body"),
    "merged": _("Your request %(number)s is handled together with another"),
    "merged_news": _("News of your request %(number)s"),
    "reopened": _("Your request %(number)s is open again"),
    "satisfaction": _("Your request %(number)s: did we help you?"),
    "purge_announced": _("Your request %(number)s: your data will soon be deleted"),
    "files_refused": _("We could not keep a file about your request %(number)s"),
    "virus_found": _("We deleted a file of your request %(number)s"),
}


@dataclass(frozen=True)
class Letter:
    """An e-mail ready to leave."""

    subject: str
    text: str
    html: str
    reply_to: str


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together; a list where each begins with a dash."""

    lines: tuple[str, ...]

    @property
    def is_list(self) -> bool:
        """Whether the lines are the items of a list."""
        return all(line.startswith("- ") for line in self.lines)

    @property
    def items(self) -> list[str]:
        """The lines without their dash."""
        return [line.removeprefix("- ") for line in self.lines]


def write_letter(content: Mapping[str, Any]) -> Letter:
    """Write the message that a row of the outbox asks for, in the active language.

    Args:
        content: ``kind``, ``request_id``, ``department_id``, dates as ISO strings, ids.
    """
    request = ServiceRequest.objects.select_related("version", "department").get(pk=content["request_id"])
    department = Department.objects.get(pk=content["department_id"])
    receipt = receipt_of(request, due_on=_day(content, "due_on"), announced_on=_day(content, "announced_on"))
    context: dict[str, Any] = {
        "request": request,
        "receipt": receipt,
        "desk": desk_of(department),
        "confirmation": words_of(receipt.confirmation),
        "remedies": remedies_of_decision(request),
        "city": facts(request.language),
        "link": follow_link(request),
        "content": content,
        **days_in(content),
        "completion": request.completion_requests.filter(pk=content.get("completion_id", 0)).first(),
        "file": request.attachments.filter(pk=content.get("attachment_id", 0)).first(),
        "message": request.messages.filter(pk=content.get("message_id", 0)).first(),
    }
    context |= {
        "body": _own_words(request, content["kind"]) + render_to_string(f"emails/{content['kind']}.txt", context),
        "subject": SUBJECTS[content["kind"]] % {"number": request.number},
    }
    address = reply_address(request)
    context["can_be_answered"] = bool(address)
    return laid_out(context, reply_to=address or context["desk"].email)


def reply_address(request: ServiceRequest) -> str:
    """Where an answer finds its request: the mailbox, with the number in its address if it takes that; else nothing."""
    name, at, domain = settings.MAILBOX_ADDRESS.rpartition("@")
    return f"{name}+{request.number}{at}{domain}" if at and settings.MAILBOX_PLUS else settings.MAILBOX_ADDRESS


def days_in(content: Mapping[str, Any]) -> dict[str, Any]:
    """The days that templates name, of a message or a letter."""
    return {
        "moved_to": _day(content, "moved_to"),
        "announced_to": _day(content, "announced_to"),
        "days": {name: _day(content, name) for name in ("files_on", "answers_on")},
    }


def _own_words(request: ServiceRequest, kind: str) -> str:
    """What the procedure says of the status that the letter tells of, as a first paragraph."""
    own = own_words(request.procedure_id, STATUSES[kind]) if kind in STATUSES else None
    return f"{own.headline}\n{own.explanation}\n\n" if own else ""


def laid_out(context: dict[str, Any], *, reply_to: str = "") -> Letter:
    """Put ``subject`` and ``body`` of the context into the layouts of e-mails, plain and HTML."""
    body = tidy(context["body"])
    context |= {
        "body": body,
        "paragraphs": [Paragraph(tuple(part.split("\n"))) for part in body.split("\n\n")],
        "rtl": get_language_bidi(),
    }
    return Letter(
        subject=context["subject"],
        text=tidy(render_to_string("emails/layout.txt", context)) + "\n",
        html=render_to_string("emails/layout.html", context),
        reply_to=reply_to,
    )


def follow_link(request: ServiceRequest) -> str:
    """The whole address by which the resident follows ``request``, in the active language.

    Where the server lost the key of the secret link, the form by number and e-mail.
    """
    token = request.access_token
    path = reverse("tracking:request", args=[token]) if token else reverse("tracking:form")
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def words_of(html: str) -> str:
    """Rich text as plain paragraphs."""
    return unescape(strip_tags(re.sub(r"</(p|li|h\d)>", "\n\n", html)))


def _day(content: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(content[name]) if content.get(name) else None


def tidy(text: str) -> str:
    """One blank line between paragraphs, none at the ends, no space at the ends of lines."""
    lines = "\n".join(line.strip() for line in text.replace("\r", "").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()
