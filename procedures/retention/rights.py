"""A person's rights over all that the inbox and the drafts keep of them, whatever the department."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from procedures.filing.models import Draft
from procedures.filing.purge import erase_drafts
from procedures.inbox.acquaintances import Acquaintance, find_people
from procedures.inbox.clock import city_day
from procedures.inbox.models import ServiceRequest
from procedures.inbox.portable import archive
from procedures.inbox.querysets import CITY_ZONE, city_today
from procedures.inbox.services.purging import purge_answers
from procedures.inbox.services.rights import note_export
from procedures.inbox.services.writing import by_agent, lock
from procedures.retention.due import is_held
from procedures.retention.schedule import add_months

APPEAL_MONTHS = 2
"""Within which an answer may be disputed (CJA R421-1): what proves it is kept as long."""


@dataclass(frozen=True)
class Erasure:
    """What became of one request that somebody wanted erased; ``refusal`` says why it was not."""

    number: str
    refusal: str | Promise = ""


@dataclass(frozen=True)
class Erased:
    """What became of all that somebody wanted erased, and how many drafts went with it."""

    requests: tuple[Erasure, ...]
    drafts: int


def people_of(typed: str) -> list[Acquaintance]:
    """Who is meant, in all departments: for whoever answers for the city's data, and nobody else."""
    return find_people(typed, ServiceRequest.objects.all())


def export_for(requests: list[ServiceRequest], agent: User) -> Any:
    """All that is kept of ``requests`` and of the drafts of their addresses, as a ZIP archive that is open to read."""
    for request in requests:
        note_export(request, agent=agent)
    emails = {request.requester_email for request in requests}
    drafts = [
        {
            "procedure": draft.procedure.title if draft.procedure else "",
            "saved_at": draft.saved_at,
            "kept_until": draft.expires_at,
            "typed": draft.data.get("step_data", {}),
        }
        for draft in Draft.objects.live().of_person(emails).select_related("procedure")
    ]
    return archive(requests, whole=True, more={"drafts.json": drafts} if drafts else None)


def refusal_of(request: ServiceRequest, today: date | None = None) -> str | Promise:
    """Why the data of ``request`` is not erased now, in words for the person; "" where it is."""
    if request.closed_at is None:
        return _("It is being processed: the city needs it to answer (GDPR, article 17(3)(b)).")
    if is_held(request):
        return _("It is disputed: it is kept until that is settled (GDPR, article 17(3)(e)).")
    until = add_months(city_day(request.closed_at, CITY_ZONE), APPEAL_MONTHS)
    if (today or city_today()) <= until:
        return _("Its answer can still be disputed before a court: it is kept until then (GDPR, article 17(3)(e)).")
    return ""


def erase(requests: list[ServiceRequest], agent: User) -> Erased:
    """Erase what the law lets go, and say of the rest why it stays; each request is a transaction of its own.

    What the same addresses have begun and not sent binds nobody, and goes in any case.
    """
    done, emails = [], {request.requester_email for request in requests}
    for request in requests:
        with transaction.atomic():
            lock(request)
            refusal = refusal_of(request)
            if not refusal:
                purge_answers(request, author=by_agent(agent), asked_for=True)
        done.append(Erasure(request.number, refusal))
    return Erased(tuple(done), erase_drafts(Draft.objects.of_person(emails)))
