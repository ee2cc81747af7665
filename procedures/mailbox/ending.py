"""The end of e-mails: kept a while as they came, in case the words taken from them leave a doubt."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from procedures.inbox.models import ServiceRequest
from procedures.mailbox.models import IncomingMail
from procedures.mailbox.taking import FOLDER
from procedures.uploads.keeping import forget, stored_names

CHUNK = 500
ORPHAN_AGE = timedelta(days=1)
State = IncomingMail.State


def purge_mails(now: datetime | None = None) -> int:
    """Delete what was treated ``MAILBOX_RAW_DAYS`` ago, files first; return how many.

    What could not be treated stays until somebody has looked.
    """
    end = (now or timezone.now()) - timedelta(days=settings.MAILBOX_RAW_DAYS)
    over = IncomingMail.objects.filter(treated_at__lt=end).exclude(state__in=(State.WAITING, State.FAILED))
    purged = 0
    while rows := list(over.values_list("pk", "storage_name")[:CHUNK]):
        for _pk, name in rows:
            if name:
                forget(name)
        purged += IncomingMail.objects.filter(pk__in=[pk for pk, _name in rows]).delete()[0]
    return purged


def forget_mails(request: ServiceRequest) -> None:
    """Delete the e-mails behind a request whose data is deleted; their files once that is sure."""
    mails = IncomingMail.objects.filter(request=request)
    for name in mails.exclude(storage_name="").values_list("storage_name", flat=True):
        transaction.on_commit(partial(forget, name))
    mails.delete()


def sweep_orphans(now: datetime | None = None) -> int:
    """Delete files that a crash left without a row; return how many."""
    storage, before = storages["private"], (now or timezone.now()) - ORPHAN_AGE
    names = [name for name in stored_names(FOLDER) if storage.get_modified_time(name) < before]
    swept = 0
    for start in range(0, len(names), CHUNK):
        chunk = names[start : start + CHUNK]
        kept = set(IncomingMail.objects.filter(storage_name__in=chunk).values_list("storage_name", flat=True))
        for name in set(chunk) - kept:
            forget(name)
            swept += 1
    return swept
