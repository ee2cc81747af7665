"""Why a service refuses; each message may be shown to the person who tried."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class InboxError(Exception):
    """A rule of the inbox forbids what was asked; nothing was written."""

    message: ClassVar[str | Promise] = _("This is not possible.")

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.message)


class AlreadyDecided(InboxError):
    """The request has its answer."""

    message = _("This request already has its answer.")


class NotYours(InboxError):
    """The agent does not work for the request's department."""

    message = _("This request belongs to another department.")


class NotDeemedAccepted(InboxError):
    """An attestation is asked of a request that silence has not accepted."""

    message = _("Silence has not accepted this request: there is nothing to attest.")


class NotPossibleNow(InboxError):
    """The request's status does not allow the action."""

    message = _("The state of the request does not allow this now. Reload the page to see where it stands.")


class NothingToSay(InboxError):
    """A text that the resident must receive is empty."""

    message = _("Write a few words: the resident will read them.")


class SameDepartment(InboxError):
    """A request is forwarded to the department that has it."""

    message = _("This department already has the request.")


class DateInThePast(InboxError):
    """The last day to answer has gone by."""

    message = _("Choose a day to come: the resident needs time to answer.")


class ChangedMeanwhile(InboxError):
    """Something happened to the request since the page was shown; ``since`` is the number of its last event then."""

    message = _(
        "Something has happened to this request since you opened it. Nothing of yours is lost: look, then decide."
    )

    def __init__(self, since: int) -> None:
        super().__init__()
        self.since = since

    def __str__(self) -> str:
        return str(self.message)


class Busy(InboxError):
    """The database gave up: two people had their hands on the same rows at the same moment."""

    message = _("Somebody else was at it at the same moment. Nothing was done: try again.")


class SameRequest(InboxError):
    """A request is tied to itself."""

    message = _("This is the number of this very request.")


class NotADuplicate(InboxError):
    """Joining it would take an answer away from somebody who has a right to one."""

    message = _(
        "Silence has an effect in law for this procedure: each person must have their own answer. "
        "Only requests of one person may be joined."
    )


class TooLate(InboxError):
    """The resident's time to have a request opened again is over."""

    message = _("The time to have this request opened again is over. You may still write to us.")


class NothingLeft(InboxError):
    """What was filed is deleted: there is nothing to work on any more."""

    message = _("What was filed has been deleted at the end of its keeping: make a new request.")


class OpinionOver(InboxError):
    """The opinion was given already, or its link opens nothing any more."""

    message = _("This opinion was given already, or is no longer awaited. Nothing you wrote was kept.")


class AlreadyComplained(InboxError):
    """A complaint about the request is being examined."""

    message = _("Your complaint about this request is being examined: write to the mediator on its page.")


class Undeliverable(Exception):
    """The address itself is refused: trying again is of no use."""


class MaybeSent(Exception):
    """Nobody can tell whether it left: the server was silent, or hung up, once it had the message."""
