"""The files of drafts that the antivirus had not seen when they came."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import F

from procedures.filing.attachments import INFECTED
from procedures.filing.models import Draft, DraftUpload
from procedures.uploads.keeping import forget
from procedures.uploads.quarantine import sweep


def check_waiting_files() -> int:
    """Ask the antivirus about the files in quarantine; return how many have their verdict."""
    return sweep(DraftUpload.objects.all(), remove_infected)


@transaction.atomic
def remove_infected(file: DraftUpload) -> None:
    """Delete a file that holds a virus; the draft will tell so, and asks its question again.

    A draft sent meanwhile took the file along: the inbox has its own sweep.
    """
    draft = Draft.objects.select_for_update().filter(pk=file.draft_id).first()
    if draft is None or not DraftUpload.objects.filter(pk=file.pk).delete()[0]:
        return
    draft.data.get("answers", {}).pop(file.question_id, None)
    draft.data.setdefault(INFECTED, {}).setdefault(file.question_id, []).append(file.original_name)
    Draft.objects.filter(pk=draft.pk).update(data=draft.data, revision=F("revision") + 1)
    transaction.on_commit(partial(forget, file.storage_name))
