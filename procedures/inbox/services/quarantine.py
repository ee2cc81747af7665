"""The files of requests that the antivirus had not seen when they came."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from procedures.inbox.models import Attachment, Event
from procedures.inbox.services.posting import post
from procedures.inbox.services.writing import SYSTEM, lock, moment, record
from procedures.uploads.keeping import forget
from procedures.uploads.quarantine import Scan, sweep

FOLDER = "inbox"
"""Where files that join a request already filed are kept."""


def check_waiting_files() -> int:
    """Ask the antivirus about the files in quarantine; return how many have their verdict."""
    return sweep(Attachment.objects.all(), remove_infected)


@transaction.atomic
def remove_infected(file: Attachment, *, at: datetime | None = None) -> Event | None:
    """Delete a file that holds a virus, and tell the resident and the agents; None if it was done before.

    The row stays: who sent what is part of the file of a request.
    """
    request = file.request
    lock(request)
    if not Attachment.objects.filter(pk=file.pk, scan=Scan.WAITING).update(scan=Scan.INFECTED):
        return None
    # A crash before it is done leaves a file that nobody can open; the nightly sweep of orphans takes it.
    transaction.on_commit(partial(forget, file.storage_name))
    event = record(request, Event.Kind.VIRUS_FOUND, SYSTEM, moment(at), attachment_id=file.pk)
    post(request, "virus_found", attachment_id=file.pk)
    return event
