"""The life of a request in one table: which action is possible when, and where it leads."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """Where a request stands."""

    RECEIVED = "received", _("Received")
    REGISTERED = "registered", _("Registered")
    IN_PROGRESS = "in_progress", _("In progress")
    WAITING = "waiting", _("Waiting for the resident")
    FORWARDED = "forwarded", _("Forwarded")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    CLOSED = "closed", pgettext_lazy("request", "Closed")
    TRANSFERRED = "transferred", _("Passed on to another body")


class Channel(models.TextChoices):
    """How a request came in."""

    PORTAL = "portal", _("Website")
    PHONE = "phone", _("Phone")
    COUNTER = "counter", _("Counter")
    EMAIL = "email", _("E-mail")
    POST = "post", _("Post")
    OPEN311 = "open311", _("Open311")


class Action(StrEnum):
    """What an agent or a resident does to a request."""

    TAKE = "take"
    ASSIGN = "assign"
    FORWARD = "forward"
    ASK_FOR_COMPLETION = "ask_for_completion"
    ANSWER_COMPLETION = "answer_completion"
    ACCEPT = "accept"
    REFUSE = "refuse"
    CLOSE = "close"
    TRANSFER = "transfer"
    """Pass on to a body that is not the city: the end of it here (CRPA L114-2)."""
    MERGE = "merge"
    """End it as a duplicate: another request carries on for both."""
    REOPEN = "reopen"
    WRITE = "write"


S = Status
OPEN = frozenset({S.RECEIVED, S.REGISTERED, S.IN_PROGRESS, S.WAITING, S.FORWARDED})
DECIDED = frozenset({S.ACCEPTED, S.REFUSED, S.CLOSED, S.TRANSFERRED})

# action → {status it is possible in: status it leads to}
TRANSITIONS: dict[Action, dict[Status, Status]] = {
    Action.TAKE: {
        S.RECEIVED: S.IN_PROGRESS,
        S.REGISTERED: S.IN_PROGRESS,
        S.FORWARDED: S.IN_PROGRESS,
        S.IN_PROGRESS: S.IN_PROGRESS,
        S.WAITING: S.WAITING,
    },
    Action.ASSIGN: {
        S.RECEIVED: S.REGISTERED,
        S.REGISTERED: S.REGISTERED,
        S.FORWARDED: S.REGISTERED,
        S.IN_PROGRESS: S.IN_PROGRESS,
        S.WAITING: S.WAITING,
    },
    # A request forwarded while a document is awaited still awaits it.
    Action.FORWARD: dict.fromkeys(OPEN, S.FORWARDED) | {S.WAITING: S.WAITING},
    Action.ASK_FOR_COMPLETION: dict.fromkeys(OPEN - {S.WAITING}, S.WAITING),
    Action.ANSWER_COMPLETION: {S.WAITING: S.IN_PROGRESS},
    Action.ACCEPT: dict.fromkeys(OPEN, S.ACCEPTED),
    Action.REFUSE: dict.fromkeys(OPEN, S.REFUSED),
    Action.CLOSE: dict.fromkeys(OPEN, S.CLOSED),
    Action.TRANSFER: dict.fromkeys(OPEN, S.TRANSFERRED),
    Action.MERGE: dict.fromkeys(OPEN, S.CLOSED),
    Action.REOPEN: dict.fromkeys(DECIDED, S.IN_PROGRESS),
    # An agent who writes about it has it in the department's hands.
    Action.WRITE: {status: status for status in S} | {S.RECEIVED: S.REGISTERED, S.FORWARDED: S.REGISTERED},
}


def possible(status: str) -> frozenset[Action]:
    """The actions that ``status`` allows; screens show these and no other."""
    return frozenset(action for action, paths in TRANSITIONS.items() if Status(status) in paths)
