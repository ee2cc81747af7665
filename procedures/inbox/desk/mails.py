"""What was written to the resident and what became of it: the proof that an agent looks for on the phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from procedures.inbox.letters import SUBJECTS
from procedures.inbox.models import OutboxMessage, ServiceRequest

State = OutboxMessage.State


@dataclass(frozen=True)
class Mail:
    """A message of the outbox, for agents."""

    subject: str
    recipient: str
    state: str
    became: str | Promise
    at: datetime
    """When it was handed to the mail server; until then, when it was written."""
    problem: str = ""
    """What the server said, where it did not take it or gave it back."""

    @property
    def is_lost(self) -> bool:
        """Whether nobody has read it."""
        return self.state in (State.FAILED, State.BOUNCED)


def mails_of(request: ServiceRequest) -> list[Mail]:
    """The letters about ``request`` to its resident, the latest first."""
    rows = (row for row in request.outbox.all() if row.kind in SUBJECTS)
    return [_mail(row, request) for row in sorted(rows, key=lambda row: (row.created_at, row.pk), reverse=True)]


def _mail(row: OutboxMessage, request: ServiceRequest) -> Mail:
    subject = str(SUBJECTS[row.kind]) % {"number": request.number}
    became = {
        State.WAITING: _("waiting to leave"),
        State.SENT: _("handed to the mail server"),
        State.FAILED: _("refused: the resident has not read it"),
        State.BOUNCED: _("came back: the resident has not read it"),
    }[State(row.state)]
    if row.state == State.SENT and row.may_be_double:
        became = _("handed to the mail server, perhaps twice")
    return Mail(subject, row.recipient, row.state, became, row.sent_at or row.created_at, row.last_error)
