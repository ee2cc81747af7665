"""Letters: signed, kept as they were signed, and owed to whoever has no e-mail address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation

from cms.accounts.models import User
from procedures.inbox.errors import NothingToSay
from procedures.inbox.models import CompletionRequest, Event, Letter, Message, ServiceRequest
from procedures.inbox.paper_words import LONGEST, Words, address_of, words_of_letter
from procedures.inbox.querysets import departments_answered_by
from procedures.inbox.receipt import desk_of, signs_alone
from procedures.inbox.services.batches import once, put, written
from procedures.inbox.services.writing import SYSTEM, begin, by_agent, lock, moment, record
from procedures.inbox.transitions import Action, Channel

KINDS = {
    "receipt": Letter.Kind.ACKNOWLEDGEMENT,
    "completion_asked": Letter.Kind.COMPLETION,
    "message": Letter.Kind.MESSAGE,
    "forwarded": Letter.Kind.MESSAGE,
    "accepted": Letter.Kind.DECISION,
    "refused": Letter.Kind.DECISION,
    "closed": Letter.Kind.DECISION,
    "transferred": Letter.Kind.DECISION,
    "merged": Letter.Kind.MESSAGE,
    "purge_announced": Letter.Kind.MESSAGE,
}
"""Messages that are owed on paper where they cannot leave by e-mail."""
BY_THEMSELVES = ("purge_announced",)
"""What the town says without anybody having decided it that day: the department signs alone."""
TWICE_WITHIN = timedelta(minutes=10)
"""A form that comes again within this time is the same click."""


def tell_on_paper(
    request: ServiceRequest,
    kind: str,
    content: Mapping[str, Any],
    *,
    is_wanted: bool = False,
    at: datetime | None = None,
) -> Letter | None:
    """Make the letter that says what an e-mail would, for somebody who has no address; the row is locked.

    None where the law and good manners want no letter (``KINDS``), or where nobody could hand it over: the request came
    through the network, without a postal address.

    Args:
        kind: of message, as ``posting.post`` has it.
        content: as the row of the outbox would have it.
        is_wanted: an agent asked for it, and will see that it arrives.
    """
    if kind not in KINDS or not (is_wanted or can_be_written_to(request)):
        return None
    message = written(request, Message, content.get("message_id"))
    completion = written(request, CompletionRequest, content.get("completion_id"))
    agent = (message and message.author) or (completion and completion.asked_by) or None
    words = words_of_letter(
        request, kind, content=content, completion=completion, **({"message": message} if message else {})
    )
    # A letter is of the day of what it tells: history brought in from elsewhere has letters of its own time. What came
    # by post some days ago is acknowledged today.
    told = (message and message.sent_at) or (completion and completion.asked_at) or None
    came_now = kind == "receipt" and request.channel not in (Channel.POST, Channel.EMAIL)
    when = at or told or (request.received_at if came_now else None)
    signatory = None if kind in BY_THEMSELVES else agent or request.entered_by
    return _make(request, KINDS[kind], words, signatory, moment(when))


def can_be_written_to(request: ServiceRequest) -> bool:
    """Whether a letter can reach the person who asks: in an envelope, or over the counter."""
    return bool(request.requester_name) and (bool(request.entered_by_id) or len(address_of(request)) > 1)


@transaction.atomic
def write_letter(
    request: ServiceRequest, *, subject: str, text: str, agent: User, at: datetime | None = None
) -> Letter:
    """Sign a letter in the agent's own words, to be printed; the same words again a moment later are one letter.

    Raises:
        NotYours, NothingToSay: nothing was written.
    """
    begin(request, Action.WRITE, agent=agent)
    if not subject.strip() or not text.strip():
        raise NothingToSay
    words, when = Words(subject.strip()[:200], text.strip()[:LONGEST]), moment(at)
    same = request.letters.filter(subject=words.subject, text=words.text, signed_by=agent)
    if (made := same.filter(made_at__gt=when - TWICE_WITHIN).first()) is not None:
        return made
    request.resident_wrote_at = None
    return _make(request, Letter.Kind.MESSAGE, words, agent, when)


@transaction.atomic
def mark_printed(letters: Iterable[Letter], *, agent: User, at: datetime | None = None) -> int:
    """Note that letters are in their envelopes; those of other departments, or printed before, are passed over.

    Returns:
        How many were noted.
    """
    when, noted = moment(at), 0
    theirs = set(departments_answered_by(agent))
    for letter in sorted(letters, key=lambda letter: (letter.request_id, letter.pk)):
        request = letter.request
        lock(request)
        waiting = Letter.objects.filter(pk=letter.pk, printed_at=None)
        if request.department_id in theirs and waiting.update(printed_at=when):
            record(request, Event.Kind.LETTER_PRINTED, by_agent(agent), when, visible=False, letter_id=letter.pk)
            noted += 1
    return noted


def signed(request: ServiceRequest, kind: Letter.Kind, words: Words, agent: User | None) -> Letter:
    """The letter as it would be signed now, not kept: a preview."""
    is_named = agent is not None and not once(("signs alone", request.department_id), lambda: signs_alone(request))
    with translation.override(request.language):
        department = desk_of(request.department).name
    return Letter(
        request=request,
        kind=kind,
        language=request.language,
        subject=words.subject,
        text=words.text,
        signatory=agent.get_full_name() if agent and is_named else "",
        capacity=agent.capacity if agent and is_named else "",
        department_name=department,
        signed_by=agent,
    )


def _make(request: ServiceRequest, kind: Letter.Kind, words: Words, agent: User | None, at: datetime) -> Letter:
    letter = signed(request, kind, words, agent)
    letter.to_print, letter.made_at = True, at
    put(request, letter)
    author = by_agent(agent) if agent else SYSTEM
    record(request, Event.Kind.LETTER_MADE, author, at, letter_id=letter.pk, letter=kind.value)
    return letter
