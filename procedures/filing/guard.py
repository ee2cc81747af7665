"""Robots kept out without asking anything of people.

Three signs, none of which loses a request: a field that nobody sees is filled in, the
draft is seconds old, or far more is being sent than usual. The answer is the summary once
more, with a word on what to do; whoever presses the button again there is let through:
after the moment a person takes to read, or with the work that their browser did meanwhile.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.definition.models import Procedure
from procedures.filing import limits
from procedures.filing.models import Draft
from procedures.filing.proof import is_proof, mark_of, new_challenge

HIDDEN_FIELD = "website"
"""Tempting to a robot, unknown to what browsers fill in by themselves."""
AGAIN, PROOF = "again", "proof"
SALT = "parvis.filing.again"
GOOD_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Obstacle:
    """Why the request is not sent yet, and what to do."""

    title: str
    message: str
    status: int
    wait_seconds: int = 0
    asks_work: bool = False


@dataclass(frozen=True)
class Asked:
    """What the form of the summary carries besides the declaration; all empty for an agent."""

    hidden_field: str = ""
    again: str = ""
    """Signed moment at which the resident was asked to press the button again."""
    challenge: str = ""


def judge(request: HttpRequest, procedure: Procedure, draft: Draft) -> Obstacle | None:
    """What stands between this post and its sending; None lets it through."""
    if draft.entered_by_id:
        return None
    if too_many := limits.reached("requests", request, procedure):
        return Obstacle(too_many.title, too_many.message, 429, too_many.wait_seconds)
    is_busy = limits.reached("calm", request, procedure) is not None
    limits.count("calm", request, procedure)
    waited, is_proven = _seconds_waited(request, draft), is_proof(request.POST.get(PROOF, ""), draft.key)
    if is_busy and not is_proven and (left := settings.FILING_WAIT_SECONDS - (waited or 0)) > 0:
        return _wait(left)
    is_trapped = waited is None and bool(request.POST.get(HIDDEN_FIELD))
    is_rushed = waited is not None and waited < settings.FILING_MIN_SECONDS and not is_proven
    return _once_more() if _is_hasty(draft) or is_trapped or is_rushed else None


def ask(request: HttpRequest, procedure: Procedure, draft: Draft | None, obstacle: Obstacle | None) -> Asked:
    """What the summary asks of browsers, given what stood in the way of this very post."""
    if draft is None or draft.entered_by_id:
        return Asked()
    is_busy = obstacle.asks_work if obstacle else limits.reached("calm", request, procedure) is not None
    challenge = new_challenge(draft.key) if is_busy else ""
    if obstacle is None:
        return Asked(HIDDEN_FIELD, challenge=challenge)
    if _seconds_waited(request, draft) is not None:  # the wait goes on, it does not start anew
        return Asked(again=request.POST[AGAIN], challenge=challenge)
    return Asked(again=signing.dumps([mark_of(draft.key), int(time.time())], salt=SALT), challenge=challenge)


def _is_hasty(draft: Draft) -> bool:
    return timezone.now() - draft.created_at < timedelta(seconds=settings.FILING_MIN_SECONDS)


def _seconds_waited(request: HttpRequest, draft: Draft) -> int | None:
    """Since the resident was asked to press again; None when no page of this draft did."""
    try:
        mark, asked_at = signing.loads(request.POST.get(AGAIN, ""), salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return max(0, int(time.time()) - asked_at) if mark == mark_of(draft.key) else None


def _once_more() -> Obstacle:
    return Obstacle(
        _("Please check once more, then send"),
        _("That was faster than we expected. Nothing is lost: read your answers again, then press the button."),
        422,
    )


def _wait(seconds: int) -> Obstacle:
    message = ngettext(
        "Your request is not sent yet. Nothing is lost: wait %(seconds)s second, then press the button again.",
        "Your request is not sent yet. Nothing is lost: wait %(seconds)s seconds, then press the button again.",
        seconds,
    )
    return Obstacle(_("Many requests are arriving"), message % {"seconds": seconds}, 429, seconds, asks_work=True)
