"""The only writers of long work: prepared, foretold, started, cancelled; what ran is written by ``running``."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from cms.accounts.models import User
from procedures.inbox.jobs.actions import BULK_ACTIONS
from procedures.inbox.jobs.exports.making import FOLDER
from procedures.inbox.jobs.models import Job
from procedures.inbox.models import ServiceRequest
from procedures.inbox.querysets import departments_answered_by
from procedures.inbox.services.bulk import try_on
from procedures.uploads.keeping import forget, stored_names

State = Job.State
TRIAL_SECONDS = 10
"""How long somebody waits to see what would come of it; on a busy machine, not all are tried."""
SHOWN_NUMBERS = 5
"""Of the requests refused for one reason, before anything is done."""
ORPHAN_AGE = timedelta(days=1)


def prepare(owner: User, action: str, pks: Iterable[int], *, query: str = "") -> Job:
    """Freeze which requests an action is about; nothing is done yet.

    Args:
        pks: of requests that ``owner`` may see.
        query: the filters that chose them.
    """
    ids = sorted(set(pks))
    rows = ServiceRequest.objects.filter(pk__in=ids).order_by()
    job = Job(kind=Job.Kind.BULK, action=action, query=query, request_ids=ids, total=len(ids))
    job.department_ids = sorted(rows.values_list("department_id", flat=True).distinct())
    return _owned(job, owner)


def foretell(job: Job, owner: User, parameters: dict[str, str], said: dict[str, Any]) -> None:
    """Keep what was filled in, and what would come of it: every request is tried, in memory.

    Work that another window has started meanwhile goes on with its own words.

    Args:
        parameters: as typed; ``said`` is the same, cleaned.
    """
    results = try_on(job.request_ids, BULK_ACTIONS[job.action].act(owner, said), for_seconds=TRIAL_SECONDS)
    done = [result for result in results if result.changed]
    refusals: dict[str, list[int]] = {}
    for result in results:
        if result.refusal:
            refusals.setdefault(result.refusal, []).append(result.pk)
    job.parameters, job.preview = (
        parameters,
        {
            "seal": secrets.token_hex(8),
            "tried": len(results),
            "changed": len(done),
            "unchanged": sum(not result.changed and not result.refusal for result in results),
            "letters": sum(result.letters > 0 for result in done),
            "papers": sum(result.papers > 0 for result in done),
            "unreachable": sum(result.unreachable for result in done),
            "example": next(({"pk": result.pk, "words": result.words} for result in done if result.words), None),
            "refusals": [
                {"reason": reason, "count": len(pks), "pks": pks[:SHOWN_NUMBERS]}
                for reason, pks in sorted(refusals.items(), key=lambda item: -len(item[1]))
            ],
        },
    )
    kept = {"parameters": job.parameters, "preview": job.preview}
    Job.objects.filter(pk=job.pk, state=State.PREPARED).update(**kept)


def start(job: Job, *, seen: str) -> bool:
    """Put prepared work into the queue; False where it is there already: a second click does nothing.

    Args:
        seen: the ``seal`` of what was foretold to whoever confirms it; False too where another window has filled in
            something else meanwhile, for nothing is done that was not seen before.

    The example of what one resident will read has served: it may name that person, and the row is kept long.
    """
    with transaction.atomic():
        prepared = Job.objects.select_for_update().filter(pk=job.pk, state=State.PREPARED).exclude(preview={}).first()
        if prepared is None or prepared.preview.get("seal", "") != seen:
            return False
        prepared.state, prepared.preview = State.WAITING, prepared.preview | {"example": None}
        prepared.save(update_fields=["state", "preview"])
    return True


def order_export(owner: User, kind: str, query: str, parameters: dict[str, Any], *, key: UUID | None = None) -> Job:
    """Ask for a file, made in the background; the same ``key`` gives the same work, asked for once or twice."""
    if key and (known := Job.objects.filter(key=key, owner=owner).first()):
        return known
    job = Job(kind=kind, query=query, parameters=parameters, state=State.WAITING, **({"key": key} if key else {}))
    return _owned(job, owner)


def note_streamed(owner: User, query: str, parameters: dict[str, Any], total: int) -> Job:
    """Write into the register an export that leaves at once, whole or not."""
    now = timezone.now()
    job = Job(kind=Job.Kind.CSV, query=query, parameters=parameters, state=State.DONE, total=total, position=total)
    job.started_at = job.ended_at = now
    return _owned(job, owner)


def cancel(job: Job) -> None:
    """Stop before the next chunk; what is done stays done."""
    Job.objects.filter(pk=job.pk, state__in=(State.PREPARED, State.WAITING)).update(
        state=State.CANCELLED, cancel_asked=True, ended_at=timezone.now()
    )
    Job.objects.filter(pk=job.pk, state=State.RUNNING).update(cancel_asked=True)


def purge(at: datetime | None = None) -> int:
    """Delete files of exports and rows past their days; return how many of both."""
    now, gone = at or timezone.now(), 0
    for job in Job.objects.filter(expires_at__lt=now).exclude(storage_name=""):
        with transaction.atomic():
            transaction.on_commit(partial(forget, job.storage_name))
            Job.objects.filter(pk=job.pk).update(storage_name="")
        gone += 1
    never_started = Job.objects.filter(state=State.PREPARED, created_at__lt=now - timedelta(days=1))
    old = Job.objects.filter(created_at__lt=now - timedelta(days=settings.JOB_DAYS), storage_name="")
    for rows in (never_started, old):
        gone += Counter(rows.delete()[1])[Job._meta.label]
    return gone


def sweep_orphans(at: datetime | None = None) -> int:
    """Delete files of exports that a crash left without a row; return how many."""
    storage, before = storages["private"], (at or timezone.now()) - ORPHAN_AGE
    old = {name for name in stored_names(FOLDER) if storage.get_modified_time(name) < before}
    orphans = old - set(Job.objects.exclude(storage_name="").values_list("storage_name", flat=True))
    for name in orphans:
        forget(name)
    return len(orphans)


def _owned(job: Job, owner: User) -> Job:
    job.owner, job.owner_name, job.language = owner, str(owner), get_language() or settings.LANGUAGE_CODE
    if job.is_export:
        job.department_ids = sorted(departments_answered_by(owner))
    job.save(force_insert=True)
    return job
