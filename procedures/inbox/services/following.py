"""Residents whose requests were joined to another: they are told what becomes of it (decision 21).

What is written to one resident may name that person. So the words reach the others only
where the request is a report, whose answer concerns a place, and name nobody, or where all
is one person's; otherwise they read the outcome in words made for everyone.
"""

from __future__ import annotations

import re
from datetime import datetime

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from procedures.inbox.clock import SilenceEffect
from procedures.inbox.folding import MINIMUM_LENGTH, fold
from procedures.inbox.models import Event, Message, ServiceRequest
from procedures.inbox.services.batches import put
from procedures.inbox.services.posting import post
from procedures.inbox.services.writing import Author, record, taken_along

NEWS: dict[str, Promise] = {
    Event.Kind.COMPLETION_ASKED: _("The request that yours was joined to waits for something from its resident."),
    Event.Kind.COMPLETION_ANSWERED: _("The request that yours was joined to goes on: what was missing is there."),
    Event.Kind.ACCEPTED: _("The request that yours was joined to is accepted."),
    Event.Kind.REFUSED: _("The request that yours was joined to is refused."),
    Event.Kind.CLOSED: _("The request that yours was joined to is closed."),
    Event.Kind.TRANSFERRED: _("The request that yours was joined to was passed on to “%(to)s”, which will answer."),
    Event.Kind.REOPENED: _("The request that yours was joined to is open again: we look at it once more."),
}
"""What happened, without a word of anyone's."""


def followers_of(request: ServiceRequest) -> list[ServiceRequest]:
    """The requests that ``request`` carries on for, locked after its own row, each saved by its next event."""
    return [taken_along(follower) for follower in sorted(request.tied("duplicates"), key=lambda each: each.pk)]


def shared_words(request: ServiceRequest, follower: ServiceRequest, words: str) -> str:
    """What the resident of ``follower`` may read of the words written to that of ``request``; "" for nothing.

    A report's answer is everyone's, unless it names who made it, as a reply template does by itself.
    """
    words, email = words.strip(), request.requester_email.casefold()
    if email and email == follower.requester_email.casefold():
        return words
    if {request.silence_effect, follower.silence_effect} != {SilenceEffect.NONE} or _names(request, words):
        return ""
    return words.replace(request.number, follower.number)


def _names(request: ServiceRequest, words: str) -> bool:
    """Whether the words hold a name or the address of the resident."""
    said, names = set(re.findall(r"\w+", fold(words))), re.findall(r"\w+", fold(request.requester_name))
    named = {name for name in names if len(name) >= MINIMUM_LENGTH} or set(names)
    return bool(named & said) or bool(request.requester_email and fold(request.requester_email) in fold(words))


def tell_followers(
    request: ServiceRequest, kind: str, author: Author, when: datetime, *, words: str = "", to: str = ""
) -> None:
    """Write to whoever follows ``request`` what happened to it, each in their language, nobody twice by e-mail.

    Args:
        kind: of the event; one without words of its own in ``NEWS`` is told where ``words`` may be shared.
        words: what the agent wrote to the resident of ``request``.
        to: the body that has the request now.
    """
    told = {request.requester_email.casefold()}
    for follower in followers_of(request):
        with translation.override(follower.language):
            news = str(NEWS[kind]) % {"to": to} if kind in NEWS else ""
        shared = shared_words(request, follower, words)
        text = "\n\n".join(part for part in (news, shared) if part)
        if not text:
            continue
        message = put(
            follower, Message(request=follower, from_resident=False, author=author.user, text=text, sent_at=when)
        )
        follower.resident_wrote_at = None
        record(
            follower,
            Event.Kind.WRITTEN_TO_RESIDENT,
            author,
            when,
            message_id=message.pk,
            about_id=request.pk,
            news=kind,
        )
        if follower.requester_email.casefold() not in told:
            post(follower, "merged_news", message_id=message.pk)
            told.add(follower.requester_email.casefold())
