"""How often one address, and everybody together on one procedure, may begin, attach and send.

What an agent enters at the counter is never counted. Nothing typed is lost at a limit: the
views answer with the same page, what was typed in it, and when to go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.throttle import Limit, address_of
from procedures.definition.models import Procedure

Kind = Literal["drafts", "requests", "files", "calm"]
"""What is counted; ``calm`` counts tries to send, for the work that is asked when there are many."""


@dataclass(frozen=True)
class TooMany:
    """A limit that is reached."""

    wait_seconds: int
    """Until its window ends."""

    @property
    def title(self) -> str:
        """For the notice on the page."""
        return _("Too many requests are arriving from your connection")

    @property
    def message(self) -> str:
        """What to do, with the assurance that nothing is lost."""
        minutes = -(-self.wait_seconds // 60)
        return ngettext(
            "What you have typed is still here. Wait %(minutes)s minute, then press the button again; "
            "or call us, or come to our desk.",
            "What you have typed is still here. Wait %(minutes)s minutes, then press the button again; "
            "or call us, or come to our desk.",
            minutes,
        ) % {"minutes": minutes}

    @property
    def files_message(self) -> str:
        """In place of a file that was not taken in."""
        minutes = -(-self.wait_seconds // 60)
        return ngettext(
            "This file was not kept: too many have come from your connection. Send it again in %(minutes)s minute.",
            "This file was not kept: too many have come from your connection. Send it again in %(minutes)s minutes.",
            minutes,
        ) % {"minutes": minutes}


def reached(kind: Kind, request: HttpRequest, procedure: Procedure) -> TooMany | None:
    """The limit of ``kind`` that this address or this procedure has reached, if any."""
    for limit, key in _limits(kind, request, procedure):
        if limit.is_reached(key):
            return TooMany(limit.wait_seconds())
    return None


def count(kind: Kind, request: HttpRequest, procedure: Procedure, times: int = 1) -> None:
    """Count what was just done, for the address and for the procedure."""
    for limit, key in _limits(kind, request, procedure):
        limit.count(key, times)


def _limits(kind: Kind, request: HttpRequest, procedure: Procedure) -> Iterator[tuple[Limit, str]]:
    rates = settings.FILING_RATES
    for scope, key in ((f"{kind}_per_address", address_of(request)), (f"{kind}_per_procedure", str(procedure.pk))):
        yield Limit.parse(scope, rates[scope]), key
