"""What a browser holds of a procedure: nothing, a draft, a request already sent, or a name that leads nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from cms.pages import site
from procedures.definition.models import Procedure, ProcedureVersion, Trial
from procedures.definition.trials import find_trial
from procedures.filing import keys
from procedures.filing.models import Draft
from procedures.inbox.models import ServiceRequest


class SignedOutError(PermissionDenied):
    """The draft is one that an agent enters, whose session has ended."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft


@dataclass(frozen=True)
class Held:
    """What the key in the cookie leads to; all empty for a browser without a key."""

    draft: Draft | None = None
    filed_key: UUID | None = None
    """Key of a draft that was sent: the key of its receipt."""
    is_gone: bool = False
    """There was a draft; its time is over."""


def find_procedure(slug: str) -> Procedure:
    """The procedure of an address, with its current version; no query until something changes.

    Raises:
        Http404: no such procedure has ever been published, and no such trial begun.
    """
    procedure = site.shared("filing-procedures", _procedures).get(slug)
    if procedure is not None:
        return procedure
    trial = find_trial(slug)
    if trial is None:
        raise Http404
    return trial.stand_in()


def current_version(procedure: Procedure) -> ProcedureVersion:
    """The version that a new draft begins on.

    Raises:
        Http404: the procedure takes no new draft.
    """
    if procedure.current is None or not procedure.is_open:
        raise Http404
    return procedure.current


def _procedures() -> dict[str, Procedure]:
    rows = Procedure.objects.filter(current__isnull=False).select_related("current").defer("current__content")
    return {procedure.slug: procedure for procedure in rows}


def find_held(request: HttpRequest, procedure: Procedure, key: UUID | None = None) -> Held:
    """Follow the key of the cookie, or ``key``, with one query in the usual case.

    Raises:
        PermissionDenied: the draft is one that an agent enters, and this is not that agent.
        SignedOutError: the same, but nobody is signed in.
        Http404: a trial, which exists for its author alone.
    """
    if procedure.trial is not None:
        return _trial_held(request, procedure, procedure.trial)
    key = key or keys.key_in_cookie(request, procedure.pk)
    if key is None:
        return Held()
    draft = next(iter(Draft.objects.filter(key=key, procedure=procedure.pk)[:1]), None)
    if draft is None:
        filed = ServiceRequest.objects.filter(idempotency_key=key, procedure=procedure.pk).exists()
        return Held(filed_key=key) if filed else Held(is_gone=True)
    if draft.is_expired():
        return Held(is_gone=True)
    if draft.entered_by_id and draft.entered_by_id != request.user.pk:
        raise PermissionDenied if request.user.is_authenticated else SignedOutError(draft)
    if procedure.current is not None and draft.version_id == procedure.current.pk:
        draft.version = procedure.current  # the usual case: no join, no second query
    return Held(draft=draft)


def _trial_held(request: HttpRequest, procedure: Procedure, trial: Trial) -> Held:
    if request.user.pk != trial.author_id or procedure.current is None:
        raise Http404
    draft = Draft.objects.filter(trial=trial.pk).first()
    if draft is None:
        return Held(is_gone=True)
    draft.procedure, draft.version = procedure, procedure.current
    return Held(draft=draft)
