"""The end of what was never sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from procedures.definition.models import Trial
from procedures.filing.attachments import FOLDER
from procedures.filing.models import Draft, DraftUpload, PartialUpload
from procedures.filing.pieces import PIECES
from procedures.inbox.models import Attachment
from procedures.inbox.services.quarantine import FOLDER as INBOX_FOLDER
from procedures.uploads.keeping import forget, stored_names
from procedures.uploads.quarantine import Scan

CHUNK = 500
PARTIAL_AGE = timedelta(days=1)
ORPHAN_AGE = timedelta(days=1)
"""A file is stored before the row that names it: a young one may be on its way."""


def purge_drafts(now: datetime | None = None) -> int:
    """Delete the drafts whose time is over, then their files; return how many drafts."""
    deleted = 0
    while expired := list(Draft.objects.expired(now).values_list("pk", flat=True)[:CHUNK]):
        # Once more the date: a draft may have been saved since it was listed.
        deleted += erase_drafts(Draft.objects.expired(now).filter(pk__in=expired))
    Trial.objects.over(now).filter(draft=None).delete()
    return deleted


def erase_drafts(drafts: QuerySet[Draft]) -> int:
    """Delete drafts with all that was typed, then their files; return how many."""
    with transaction.atomic():
        ids = list(drafts.select_for_update(of=("self",)).values_list("pk", flat=True))
        names = list(DraftUpload.objects.filter(draft__in=ids).values_list("storage_name", flat=True))
        names += _pieces(PartialUpload.objects.filter(draft__in=ids))
        Draft.objects.filter(pk__in=ids).delete()
    for name in names:
        forget(name)
    return len(ids)


def purge_partial_uploads(now: datetime | None = None) -> int:
    """Delete files of which no piece has come for a day; return how many."""
    stopped = PartialUpload.objects.filter(touched_at__lt=(now or timezone.now()) - PARTIAL_AGE)
    deleted = 0
    while rows := list(stopped.order_by("pk")[:CHUNK]):
        # Once more the date: a piece may have come since it was listed.
        for row in rows:
            if stopped.filter(pk=row.pk, received_bytes=row.received_bytes).delete()[0]:
                deleted += 1
                for name in row.pieces:
                    forget(name)
    return deleted


def _pieces(uploads: QuerySet[PartialUpload]) -> list[str]:
    return [name for pieces in uploads.values_list("pieces", flat=True) for name in pieces]


def sweep_orphans(now: datetime | None = None) -> int:
    """Delete files that a crash left without a row; return how many."""
    storage, limit, swept = storages["private"], (now or timezone.now()) - ORPHAN_AGE, 0
    batch: list[str] = []
    for name in (*stored_names(FOLDER), *stored_names(INBOX_FOLDER)):
        if storage.get_modified_time(name) < limit:
            batch.append(name)
        if len(batch) == CHUNK:
            swept += _sweep(batch)
            batch = []
    return swept + _sweep(batch)


def _sweep(names: list[str]) -> int:
    kept = {
        *DraftUpload.objects.filter(storage_name__in=names).values_list("storage_name", flat=True),
        # One that was to be deleted for its virus is kept by nobody.
        *Attachment.objects.filter(storage_name__in=names)
        .exclude(scan=Scan.INFECTED)
        .values_list("storage_name", flat=True),
        *(_pieces(PartialUpload.objects.all()) if any(name.startswith(PIECES) for name in names) else ()),
    }
    orphans = [name for name in names if name not in kept]
    for name in orphans:
        forget(name)
    return len(orphans)
