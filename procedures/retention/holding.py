"""Keeping a request's data past its time, for a reason that somebody gives."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cms.accounts.models import User
from procedures.inbox.errors import NothingToSay
from procedures.inbox.models import ServiceRequest
from procedures.inbox.services.conversation import write_note
from procedures.inbox.services.writing import begin, moment
from procedures.inbox.transitions import Action
from procedures.retention.models import Hold


@transaction.atomic
def place_hold(request: ServiceRequest, *, reason: str, agent: User, at: datetime | None = None) -> Hold:
    """Keep the data of ``request`` until the hold is lifted; a note tells colleagues.

    Raises:
        NotYours, NothingToSay: as ever.
    """
    begin(request, Action.WRITE, agent=agent)
    if not reason.strip():
        raise NothingToSay
    hold, _made = Hold.objects.get_or_create(
        request=request,
        lifted_at=None,
        defaults={"reason": reason.strip()[:300], "placed_by": agent, "placed_at": moment(at)},
    )
    write_note(request, text=f"⏸ {hold.reason}", agent=agent, at=at)
    return hold


@transaction.atomic
def lift_hold(hold: Hold, *, agent: User, at: datetime | None = None) -> bool:
    """Let the rules of time apply again, and tell colleagues by a note; False where they did already.

    Raises:
        NotYours: as ever.
    """
    begin(hold.request, Action.WRITE, agent=agent)
    done = Hold.objects.in_force().filter(pk=hold.pk).update(lifted_at=moment(at), lifted_by=agent)
    if done:
        write_note(hold.request, text=f"▶ {hold.reason}", agent=agent, at=at)
    return bool(done)


def forget_holds(request: ServiceRequest) -> None:
    """Empty the reasons of a request whose data is deleted."""
    Hold.objects.filter(request=request).update(reason="")
