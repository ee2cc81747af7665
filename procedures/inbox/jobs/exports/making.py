"""A file of requests, made in the background, into the private storage."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import storages
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.accounts.models import User
from procedures.inbox.jobs.errors import Hopeless, Stopped
from procedures.inbox.jobs.exports import excel, opendocument
from procedures.inbox.jobs.exports.cells import MOST_ROWS
from procedures.inbox.jobs.exports.table import Table, table_of
from procedures.inbox.jobs.models import Job
from procedures.inbox.querysets import departments_answered_by

WRITERS = {Job.Kind.XLSX: excel.write_xlsx, Job.Kind.ODS: opendocument.write_ods}
FOLDER = "exports"


def make_file(job: Job) -> None:
    """Make the file from its first row, whatever an attempt before left; write down where it is.

    Raises:
        Hopeless: its owner may not read requests any more, or a spreadsheet cannot hold so many.
        Stopped: it was cancelled.
    """
    owner = job.owner
    if owner is None or not owner.is_active or not owner.has_perm("inbox.view_servicerequest"):
        raise Hopeless(_("Whoever asked for this may not read requests any more."))
    mine, table = sorted(departments_answered_by(owner)), _table(job, owner)
    Job.objects.filter(pk=job.pk).update(total=len(table.ids), position=0, department_ids=mine)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        cut = WRITERS[Job.Kind(job.kind)](table, path, _Progress(job.pk))
        with path.open("rb") as file:
            stored = storages["private"].save(f"{FOLDER}/{job.key}-{secrets.token_hex(8)}", File(file))
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(
        storage_name=stored, cut=cut, expires_at=now + timedelta(days=settings.EXPORT_FILE_DAYS)
    )


def _table(job: Job, owner: User) -> Table:
    said = job.parameters
    table = table_of(owner, job.query, personal=bool(said.get("personal")), answers=bool(said.get("answers")))
    if len(table.ids) > MOST_ROWS:
        problem = _("%(count)s requests match; a spreadsheet holds %(most)s. Narrow the filters, or export as CSV.")
        raise Hopeless(problem % {"count": len(table.ids), "most": MOST_ROWS})
    return table


class _Progress:
    """Writes down how far a file is, which also says that the worker lives, and learns that it must stop."""

    def __init__(self, pk: int) -> None:
        self.pk, self.rows = pk, 0

    def __call__(self, rows: int) -> None:
        self.rows += rows
        goes_on = Job.objects.filter(pk=self.pk, cancel_asked=False, state=Job.State.RUNNING)
        if not goes_on.update(position=self.rows, heartbeat_at=timezone.now()):
            raise Stopped
