"""The log of a request in the resident's words: what happened, what is awaited, what comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from procedures.inbox.models import Attachment, Event, Message, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE, city_today
from procedures.inbox.transitions import Status
from procedures.tracking.telling import detail_of, title_of


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
    events = [(event, title) for event in request.events.filter(visible_to_resident=True) if (title := title_of(event))]
    messages = {message.pk: message for message in request.messages.prefetch_related("attachments")}
    entries = []
    for number, (event, title) in enumerate(events, start=1):
        message = messages.get(event.data.get("message_id"))
        entries.append(
            Entry(
                title=title,
                at=localtime(event.at, CITY_ZONE),
                text=detail_of(event),
                message=message if message and message.text else None,
                files=tuple(message.attachments.all()) if message else (),
                completion_id=event.data.get("completion_id") if event.kind == Event.Kind.COMPLETION_ASKED else None,
                current=number == len(events) and not request.is_decided,
            )
        )
    if not request.is_decided:
        entries.append(_answer_to_come(request))
    return entries


def _answer_to_come(request: ServiceRequest) -> Entry:
    day, said = request.announced_on or request.due_on, _("By %(date)s at the latest")
    if request.is_overdue(city_today()):
        day, said = request.due_key, _("It was due by %(date)s: we are late.")
    text = said % {"date": date_format(day)} if day else ""
    if request.status == Status.WAITING:
        text = _("Once you have answered us")
    return Entry(title=_("Answer"), at=None, text=text, next=True)
