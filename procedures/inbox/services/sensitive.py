"""The end of copies of identity documents: they have no use once the request has its answer (GDPR, article 5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from procedures.inbox.models import Attachment, Event, ServiceRequest
from procedures.inbox.services.batches import one_transaction
from procedures.inbox.services.writing import SYSTEM, lock, moment, record
from procedures.plugins import field_types
from procedures.uploads.keeping import forget


def purge_sensitive_files(*, at: datetime | None = None) -> int:
    """Delete the sensitive files of requests decided ``SENSITIVE_DAYS`` ago or before; return how many."""
    decided = moment(at) - timedelta(days=settings.SENSITIVE_DAYS)
    due = ServiceRequest.objects.filter(closed_at__lte=decided, attachments__sensitive=True).distinct()
    return sum(purge_sensitive(request, at=at) is not None for request in due.iterator(chunk_size=500))


@one_transaction
def purge_sensitive(request: ServiceRequest, *, at: datetime | None = None) -> Event | None:
    """Delete a decided request's sensitive files, what answers say of them, and write it in the log.

    None where there is nothing to delete any more, or no decision yet.
    """
    lock(request)
    files = [file for file in request.tied("attachments") if file.sensitive]
    if not files or request.closed_at is None:
        return None
    for file in files:
        transaction.on_commit(partial(forget, file.storage_name))
    Attachment.objects.filter(pk__in=[file.pk for file in files]).delete()
    _forget_names(request)
    return record(request, Event.Kind.IDENTITY_PURGED, SYSTEM, moment(at), files=len(files))


def _forget_names(request: ServiceRequest) -> None:
    """Say in the answers that the files are gone, in place of their names."""
    sensitive = {kind.slug for kind in field_types if kind.sensitive}
    for answer in request.answers:
        if answer["type"] in sensitive and answer["value"]:
            answer["value"], answer["searchable"] = None, ""
            for language, name in ((request.language, "shown"), (settings.LANGUAGE_CODE, "agent_shown")):
                with translation.override(language):
                    answer[name] = _("Deleted after the answer")
    request.save(update_fields=["answers"])
