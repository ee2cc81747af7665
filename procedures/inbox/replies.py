"""Reply templates: a text with fields such as ``{{ name }}``, filled in from one request.

Not Django's template language: a text that agents write must not be able to run anything.
What is filled in is never read as a field again, whatever a resident wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from django.utils import translation
from django.utils.formats import date_format

from cms.accounts.models import User
from procedures.inbox.models import ReplyTemplate, ServiceRequest
from procedures.inbox.reply_fields import PLACE


def _day(day: date | None) -> str:
    return date_format(day) if day else ""


def _missing(request: ServiceRequest, _agent: User) -> str:
    """What was asked for last, one a line; from the rows that the page has read already."""
    asked = list(request.completion_requests.all())
    return "\n".join(f"- {name}" for name in asked[-1].missing) if asked else ""


VALUES: dict[str, Callable[[ServiceRequest, User], str]] = {
    "name": lambda request, agent: request.requester_name,
    "number": lambda request, agent: request.number,
    "procedure": lambda request, agent: request.procedure.title,
    "department": lambda request, agent: request.department.name,
    "agent": lambda request, agent: str(agent),
    "capacity": lambda request, agent: agent.capacity,
    "received_on": lambda request, agent: _day(request.received_on),
    "due_date": lambda request, agent: _day(request.due_on),
    "announced_date": lambda request, agent: _day(request.announced_on),
    "missing": _missing,
}
"""Each field of a template, in the active language."""


def fill(template: ReplyTemplate, request: ServiceRequest, agent: User) -> str:
    """The text of ``template`` for one request, in the template's language; without what is not known."""

    def value(place: re.Match[str]) -> str:
        found = VALUES.get(place[2])
        if found is None:
            return place[0]
        said = found(request, agent)
        return place[1] + said if said else ""

    with translation.override(template.language):
        return re.sub(rf"( ?){PLACE.pattern}", value, template.text)
