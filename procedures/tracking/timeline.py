"""The log of a request in the resident's words: what happened, what is awaited, what comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from procedures.inbox.models import Attachment, Event, Message, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE
from procedures.inbox.transitions import Status

Kind = Event.Kind


@dataclass(frozen=True)
class Entry:
    """A line of the timeline."""

    title: str
    at: datetime | None
    text: str = ""
    message: Message | None = None
    files: tuple[Attachment, ...] = ()
    completion_id: int | None = None
    """The completion request that this line asks for."""
    current: bool = False
    next: bool = False


def timeline_of(request: ServiceRequest) -> list[Entry]:
    """Everything the resident may see, oldest first, then what is still to come."""
    events = list(request.events.filter(visible_to_resident=True))
    messages = {message.pk: message for message in request.messages.prefetch_related("attachments")}
    entries = []
    for event in events:
        is_last = event is events[-1] and not request.is_decided
        message = messages.get(event.data.get("message_id"))
        entries.append(
            Entry(
                title=_title(event),
                at=localtime(event.at, CITY_ZONE),
                text=DETAILS[Kind(event.kind)](event) if Kind(event.kind) in DETAILS else "",
                message=message if message and message.text else None,
                files=tuple(message.attachments.all()) if message else (),
                completion_id=event.data.get("completion_id") if event.kind == Kind.COMPLETION_ASKED else None,
                current=is_last,
            )
        )
    if not request.is_decided:
        entries.append(_answer_to_come(request))
    return entries


def _answer_to_come(request: ServiceRequest) -> Entry:
    day = request.announced_on or request.due_on
    text = _("By %(date)s at the latest") % {"date": date_format(day)} if day else ""
    if request.status == Status.WAITING:
        text = _("Once you have answered us")
    return Entry(title=_("Answer"), at=None, text=text, next=True)


def _title(event: Event) -> str:
    named = {"name": event.actor_name, "to": event.data.get("to", "")}
    titles = {
        Kind.FILED: _("Received"),
        Kind.TAKEN: _("Taken up by %(name)s"),
        Kind.ASSIGNED: _("Entrusted to %(to)s"),
        Kind.FORWARDED: _("Passed on to the department “%(to)s”"),
        Kind.COMPLETION_ASKED: _("We need something from you"),
        Kind.COMPLETION_ANSWERED: _("You sent what we needed"),
        Kind.WRITTEN_TO_RESIDENT: _("Message from %(name)s"),
        Kind.WRITTEN_BY_RESIDENT: _("Your message"),
        Kind.ACCEPTED: _("Accepted"),
        Kind.REFUSED: _("Refused"),
        Kind.CLOSED: pgettext("request", "Closed"),
        Kind.VIRUS_FOUND: _("A file was deleted"),
        Kind.IDENTITY_PURGED: _("Your identity document was deleted"),
    }
    return titles[Kind(event.kind)] % named


def _filed(event: Event) -> str:
    if event.actor_kind == Event.Actor.AGENT:
        return _("An agent wrote your request down for you.")
    return _("Your acknowledgement of receipt is on this page.")


def _forwarded(event: Event) -> str:
    return _("The department “%(left)s” could not answer it. You have nothing to do.") % event.data


def _completed(event: Event) -> str:
    before, after = _day(event.data, "due_before"), _day(event.data, "due_on")
    if after is None:
        return _("The examination goes on.")
    if before is None or before == after:
        return _("The examination goes on. Legal date: %(date)s.") % {"date": date_format(after)}
    return _("The examination goes on. The legal date is now %(date)s, since we were waiting for you.") % {
        "date": date_format(after)
    }


def _asked(event: Event) -> str:
    return _("To send before the end of %(date)s.") % {"date": date_format(date.fromisoformat(event.data["by"]))}


def _virus(event: Event) -> str:
    return _("One of your files held a virus. Nobody opened it. Have your device checked, then send a sound copy.")


def _purged(event: Event) -> str:
    return _("We no longer needed it: you have our answer.")


DETAILS: dict[Event.Kind, Callable[[Event], str]] = {
    Kind.FILED: _filed,
    Kind.FORWARDED: _forwarded,
    Kind.COMPLETION_ASKED: _asked,
    Kind.COMPLETION_ANSWERED: _completed,
    Kind.VIRUS_FOUND: _virus,
    Kind.IDENTITY_PURGED: _purged,
}


def _day(data: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(data[name]) if data.get(name) else None
