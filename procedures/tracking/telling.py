"""Each kind of event in the resident's words: a title, and a sentence where one helps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from procedures.inbox.models import Event

Kind = Event.Kind

TITLES: dict[str, Promise] = {
    Kind.FILED: gettext_lazy("Received"),
    Kind.TAKEN: gettext_lazy("Taken up by %(name)s"),
    Kind.ASSIGNED: gettext_lazy("Entrusted to %(to)s"),
    Kind.FORWARDED: gettext_lazy("Passed on to the department “%(to)s”"),
    Kind.COMPLETION_ASKED: gettext_lazy("We need something from you"),
    Kind.COMPLETION_ANSWERED: gettext_lazy("You sent what we needed"),
    Kind.WRITTEN_TO_RESIDENT: gettext_lazy("Message from %(name)s"),
    Kind.WRITTEN_BY_RESIDENT: gettext_lazy("Your message"),
    Kind.ACCEPTED: gettext_lazy("Accepted"),
    Kind.REFUSED: gettext_lazy("Refused"),
    Kind.CLOSED: pgettext_lazy("request", "Closed"),
    Kind.TRANSFERRED: gettext_lazy("Passed on to another body"),
    Kind.REOPENED: gettext_lazy("Reopened"),
    Kind.MERGED: gettext_lazy("Joined to another request"),
    Kind.DUPLICATE_JOINED: gettext_lazy("Somebody else asked for the same"),
    Kind.LETTER_MADE: gettext_lazy("A letter was written to you"),
    Kind.ATTESTED: gettext_lazy("Attestation that your request was accepted"),
    Kind.RATED: gettext_lazy("You told us what you thought of it"),
    Kind.COMPLAINED: gettext_lazy("You made a complaint"),
    Kind.VIRUS_FOUND: gettext_lazy("A file was deleted"),
    Kind.IDENTITY_PURGED: gettext_lazy("Your identity document was deleted"),
    Kind.PURGE_ANNOUNCED: gettext_lazy("We told you that your data will be deleted"),
    Kind.FILES_PURGED: gettext_lazy("Your documents were deleted"),
    Kind.ANSWERS_PURGED: gettext_lazy("Your personal data was deleted"),
    Kind.DATA_EXPORTED: gettext_lazy("We handed you your data"),
}


def title_of(event: Event) -> str:
    """What happened; "" for what this page has no words for, which it leaves out."""
    words = TITLES.get(event.kind)
    if event.kind == Kind.WRITTEN_TO_RESIDENT and not event.actor_name:
        return _("News of your request")
    return str(words) % {"name": event.actor_name, "to": event.data.get("to", "")} if words else ""


def detail_of(event: Event) -> str:
    """The sentence below the title; mostly none."""
    return DETAILS[event.kind](event) if event.kind in DETAILS else ""


def _filed(event: Event) -> str:
    if event.actor_kind == Event.Actor.AGENT:
        return _("An agent wrote your request down for you.")
    return _("Your acknowledgement of receipt is on this page.")


def _forwarded(event: Event) -> str:
    return _("The department “%(left)s” could not answer it. You have nothing to do.") % {
        "left": event.data.get("left", "")
    }


def _transferred(event: Event) -> str:
    to = event.data.get("to", "")
    return _("“%(to)s” will answer you: it is not for the town to decide.") % {"to": to} if to else ""


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


def _reopened(event: Event) -> str:
    if event.actor_kind == Event.Actor.RESIDENT:
        return _("You told us that it is not settled: we look at it again.")
    return _("We look at it again.")


def _merged(_event: Event) -> str:
    return _("Another request carries on for both: you will be told what becomes of it.")


def _virus(_event: Event) -> str:
    return _("One of your files held a virus. Nobody opened it. Have your device checked, then send a sound copy.")


def _identity(_event: Event) -> str:
    return _("We no longer needed it: you have our answer.")


def _purged(_event: Event) -> str:
    return _("We keep them no longer than we must.")


DETAILS: dict[str, Callable[[Event], str]] = {
    Kind.FILED: _filed,
    Kind.FORWARDED: _forwarded,
    Kind.TRANSFERRED: _transferred,
    Kind.COMPLETION_ASKED: _asked,
    Kind.COMPLETION_ANSWERED: _completed,
    Kind.REOPENED: _reopened,
    Kind.MERGED: _merged,
    Kind.VIRUS_FOUND: _virus,
    Kind.IDENTITY_PURGED: _identity,
    Kind.FILES_PURGED: _purged,
    Kind.ANSWERS_PURGED: _purged,
}


def _day(data: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(data[name]) if data.get(name) else None
