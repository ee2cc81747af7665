"""Where a request stands, in plain words: the procedure's own in the reader's language, else general ones.

A sentence that is understood is worth more than an exact one in another language: words that exist in French
alone are not shown to somebody who reads Arabic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cms.pages import site
from procedures.inbox.complaints import is_mediated
from procedures.inbox.models import ServiceRequest, StatusWording
from procedures.inbox.querysets import CITY_ZONE, city_today
from procedures.inbox.transitions import Status


@dataclass(frozen=True)
class Words:
    """What the resident reads on top: where it stands; what happens now, what comes next, by when."""

    headline: str
    explanation: str = ""


HEADLINES = {
    Status.RECEIVED: gettext_lazy("Your request has arrived"),
    Status.REGISTERED: gettext_lazy("Your request has arrived"),
    Status.IN_PROGRESS: gettext_lazy("Your request is moving forward"),
    Status.WAITING: gettext_lazy("We are waiting for you"),
    Status.FORWARDED: gettext_lazy("Your request is moving forward"),
    Status.ACCEPTED: gettext_lazy("Your request is accepted"),
    Status.REFUSED: gettext_lazy("Your request is refused"),
    Status.CLOSED: gettext_lazy("Your request is closed"),
    Status.TRANSFERRED: gettext_lazy("Your request was passed on to another body"),
}


def words_of(request: ServiceRequest, *, send_by: date | None = None) -> Words:
    """Where ``request`` stands, in the active language.

    Args:
        send_by: last day to send what is missing, where something is.
    """
    if request.purged_at:
        said = _("On %(date)s we deleted your answers, your files and our messages. What happened, and when, remains.")
        day = {"date": date_format(localtime(request.purged_at, CITY_ZONE), "DATE_FORMAT")}
        return Words(_("The data of this request is deleted"), said % day)
    if request.merged_into_id:
        return Words(
            _("Your request is followed with another one"),
            _("Somebody asked for the same: one request carries on for both, and you are told what becomes of it."),
        )
    own = own_words(request.procedure_id, request.status)
    if request.is_overdue(city_today()):
        return Words(
            _("Your request is late"), " ".join(filter(None, (_late(request), own.explanation if own else "")))
        )
    return own or Words(str(HEADLINES[Status(request.status)]), _explained(request, send_by))


def own_words(procedure_id: int, status: str) -> Words | None:
    """The procedure's own words for ``status`` in the active language, if it has some."""
    return site.shared("wordings", _all_words).get((procedure_id, status, get_language() or ""))


def _all_words() -> dict[tuple[int, str, str], Words]:
    return {
        (row.procedure_id, row.status, row.language): Words(row.headline, row.explanation)
        for row in StatusWording.objects.all()
    }


def _late(request: ServiceRequest) -> str:
    return _("We should have answered by %(date)s. It is not forgotten: write to us or call us.") % {
        "date": date_format(request.due_key)
    }


def _explained(request: ServiceRequest, send_by: date | None) -> str:
    if request.status == Status.WAITING and send_by:
        return _("Send us what is missing before the end of %(date)s. Until we have it, the examination waits.") % {
            "date": date_format(send_by)
        }
    status = Status(request.status)
    explain = (is_mediated(request) and BY_THE_MEDIATOR.get(status)) or EXPLANATIONS.get(status)
    said = explain() if explain else ""
    day = request.announced_on or request.due_on
    if request.closed_at is None and day:
        said += " " + _("You will have our answer by %(date)s at the latest.") % {"date": date_format(day)}
    elif request.closed_at is None:
        said += " " + _("We write to you as soon as we can answer.")
    return said.strip()


EXPLANATIONS: dict[Status, Callable[[], str]] = {
    Status.RECEIVED: lambda: _("The department reads it next. If something is missing, it tells you."),
    Status.REGISTERED: lambda: _("The department reads it next. If something is missing, it tells you."),
    Status.IN_PROGRESS: lambda: _("Somebody is working on it."),
    Status.FORWARDED: lambda: _("The department that can answer has it now. You have nothing to do."),
    Status.WAITING: lambda: _("Send us what is missing: until we have it, the examination waits."),
    Status.ACCEPTED: lambda: _("Our answer, below, says what happens next."),
    Status.REFUSED: lambda: _("Our answer, below, says why. If you disagree, you can do something about it."),
    Status.CLOSED: lambda: _("Our last message, below, says why. You can still write to us."),
    Status.TRANSFERRED: lambda: _("Our town may not decide it: another body has your request and will answer you."),
}

BY_THE_MEDIATOR: dict[Status, Callable[[], str]] = {
    Status.RECEIVED: lambda: _("The mediator reads it next. If something is missing, you are told."),
    Status.REGISTERED: lambda: _("The mediator reads it next. If something is missing, you are told."),
    Status.IN_PROGRESS: lambda: _("The mediator hears both sides, then tells you what comes of it."),
}
"""What differs where no department answers; the department that the complaint is about least of all."""
