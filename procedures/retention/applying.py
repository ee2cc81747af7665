"""One application of the rules: a night's, or a trial."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from procedures.inbox.models import ServiceRequest
from procedures.inbox.querysets import city_today
from procedures.inbox.services.purging import announce_purge, purge_answers, purge_files
from procedures.inbox.services.writing import lock
from procedures.retention.due import Due, Step, due_requests, held, is_held, step_of
from procedures.retention.models import RetentionRun
from procedures.retention.schedule import WARNING, keeping_of_request

logger = logging.getLogger(__name__)
COUNTED: dict[Step, str] = {"announce": "announced", "files": "files_purged", "answers": "answers_purged"}
MOST_NAMED = 50
"""Failures that a report names; it counts the rest."""


def apply_retention(
    *, dry_run: bool = False, limit: int | None = None, by: User | None = None, today: date | None = None
) -> RetentionRun:
    """Announce and delete what is due, at most ``limit`` steps, and keep the report of it.

    Each request is a transaction of its own: one that fails is named and the others go on; a process that is
    killed leaves what it has done done, and the next run finds the rest.
    """
    today, cap = today or city_today(), settings.RETENTION_DAILY_CAP if limit is None else limit
    run = RetentionRun.objects.create(dry_run=dry_run, limit=cap, started_by=by)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    failed: list[str] = []
    for done, due in enumerate(due_requests(today)):
        if done >= cap:
            run.is_capped = True
            break
        if dry_run or _do(due, today):
            counts[due.request.procedure.title][COUNTED[due.step]] += 1
        else:
            failed.append(due.request.number)
    return _close(run, counts, failed)


def _do(due: Due, today: date) -> bool:
    """Do one step, unless it is no longer due; False where it broke."""
    try:
        with transaction.atomic():
            lock(due.request)
            if step_of(due.request, today) == due.step and not is_held(due.request):
                _step(due, today)
    except Exception:
        # One request that cannot be purged must not keep the others from it: the report names it.
        logger.exception("Retention failed for %s", due.request.number)
        return False
    return True


def _step(due: Due, today: date) -> None:
    if due.step == "answers":
        purge_answers(due.request)
    elif due.step == "files":
        purge_files(due.request)
    else:
        keeping = keeping_of_request(due.request)
        first = max(keeping.files_on, today + WARNING)
        announce_purge(due.request, files_on=first, answers_on=max(keeping.answers_on, first))


def _close(run: RetentionRun, counts: dict[str, Counter[str]], failed: list[str]) -> RetentionRun:
    for name in COUNTED.values():
        setattr(run, name, sum(count[name] for count in counts.values()))
    run.failed, run.ended_at = len(failed), timezone.now()
    waiting = ServiceRequest.objects.decided().filter(purged_at=None)
    run.report = {
        "procedures": [
            {"title": title, **{name: count[name] for name in COUNTED.values()}}
            for title, count in sorted(counts.items())
        ],
        "held": held(waiting).count(),
        "failed": failed[:MOST_NAMED],
    }
    run.save()
    return run
