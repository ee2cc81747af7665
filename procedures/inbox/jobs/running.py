"""From the queue to the report: claimed by one worker, chunk by chunk, resumed by another where it stopped.

A chunk and the place it brings the work to are one transaction: killed at any moment, nothing is done
twice and nothing is left out. A worker gives a sign of life with every chunk; the sweep hands on what has
had none for ``STALE``.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms.accounts.models import User
from procedures.inbox.jobs.actions import BULK_ACTIONS
from procedures.inbox.jobs.errors import Hopeless, Stopped
from procedures.inbox.jobs.exports.making import make_file
from procedures.inbox.jobs.models import Job, Remark
from procedures.inbox.services.bulk import Act, Result, act_on, chunk_size
from procedures.inbox.tasks import sweep_outbox

logger = logging.getLogger(__name__)

STALE = timedelta(minutes=2)
TURN_SECONDS = 20
"""How long a bulk action may keep a worker before others have their turn."""
MOST_ATTEMPTS = 500
"""Turns and new starts: what kills its worker each time is not tried for ever."""
BREATH_SECONDS = 0.02
"""Between chunks on SQLite: whoever waits to write does so now."""
PAUSES_SECONDS = (0.2, 1, 3, 10)
State = Job.State


def due_jobs() -> list[int]:
    """Ids of the work that no worker has."""
    return list(Job.objects.to_run(timezone.now() - STALE).order_by("pk").values_list("pk", flat=True))


def run(pk: int) -> bool:
    """Go on with the work ``pk`` if nobody else does; True where it must be called again."""
    now = timezone.now()
    won = Job.objects.to_run(now - STALE).filter(pk=pk)
    if not won.update(state=State.RUNNING, heartbeat_at=now, attempts=F("attempts") + 1):
        return False
    Job.objects.filter(pk=pk, started_at=None).update(started_at=now)
    job = Job.objects.select_related("owner").get(pk=pk)
    with translation.override(job.language):
        try:
            if job.attempts > MOST_ATTEMPTS:
                raise Hopeless(_("It broke off too often. Tell those who run the site."))
            if not job.is_export:
                return _act(job)
            make_file(job)
        except Hopeless as problem:
            _end(job, State.FAILED, str(problem))
        except Stopped:
            _end(job, State.CANCELLED)
        else:
            _end(job, State.DONE)
    return False


def _act(job: Job) -> bool:
    act, until = _what_to_do(job), time.monotonic() + TURN_SECONDS
    while _patiently(job.pk, act):
        if time.monotonic() > until:
            Job.objects.filter(pk=job.pk).update(heartbeat_at=None)
            return True
        if connection.vendor == "sqlite":
            time.sleep(BREATH_SECONDS)
    sweep_outbox.apply_async(retry=False)
    return False


def _patiently(pk: int, act: Act) -> bool:
    """The next chunk, tried again where the database was away for a moment, or two waited for each other.

    Raises:
        OperationalError, InterfaceError: it stays away; the sweep takes the work up once it is back.
    """
    for pause_seconds in PAUSES_SECONDS:
        try:
            return _next_chunk(pk, act)
        except (OperationalError, InterfaceError):
            logger.warning("Work %s waits for the database", pk, exc_info=True)
            close_old_connections()
            time.sleep(pause_seconds)
    return _next_chunk(pk, act)


def _what_to_do(job: Job) -> Act:
    """The action as its owner may do it today; each request is checked besides.

    Raises:
        Hopeless: the owner may act no longer, or what was chosen is gone.
    """
    owner = job.owner
    if owner is None or not owner.is_active or not owner.has_perm("inbox.change_servicerequest"):
        raise Hopeless(_("Whoever asked for this may not act on requests any more."))
    action = BULK_ACTIONS[job.action]
    form = action.form(job.parameters, departments=job.department_ids)
    if not form.is_valid():
        raise Hopeless(_("What was filled in is no longer possible: the colleague or the department is gone."))
    return action.act(User.objects.get(pk=owner.pk), form.cleaned_data)


@transaction.atomic
def _next_chunk(pk: int, act: Act) -> bool:
    """Do the next requests and write down how far it is; False where that was the end."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=pk)
    if job.state != State.RUNNING:
        return False
    chunk = job.request_ids[job.position : job.position + chunk_size()]
    if job.cancel_asked or not chunk:
        _end(job, State.CANCELLED if job.cancel_asked else State.DONE)
        return False
    results = act_on(chunk, act)
    Remark.objects.bulk_create(_remarks(job, results))
    job.position += len(chunk)
    job.changed += sum(result.changed for result in results)
    job.refused += sum(bool(result.refusal) for result in results)
    job.letters += sum(result.letters > 0 for result in results)
    job.papers += sum(result.papers > 0 for result in results)
    job.heartbeat_at = timezone.now()
    job.save(update_fields=["position", "changed", "refused", "letters", "papers", "heartbeat_at"])
    if job.position >= job.total:
        _end(job, State.DONE)
    return job.position < job.total


def _remarks(job: Job, results: list[Result]) -> list[Remark]:
    remarks = [
        Remark(job=job, request_id=result.pk, kind=Remark.Kind.REFUSED, reason=result.refusal[:300])
        for result in results
        if result.refusal and not result.is_gone
    ]
    if BULK_ACTIONS[job.action].tells_resident:
        remarks += [
            Remark(job=job, request_id=result.pk, kind=Remark.Kind.UNREACHABLE)
            for result in results
            if result.changed and result.unreachable
        ]
    return remarks


def _end(job: Job, state: str, problem: str = "") -> None:
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(state=state, problem=problem, heartbeat_at=now, ended_at=now)
