"""Work of the filing room that no view waits for."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from celery import shared_task
from django.utils import timezone

from procedures.filing import links, purge, quarantine
from procedures.filing.models import Draft
from procedures.inbox.services.quarantine import check_waiting_files

logger = logging.getLogger(__name__)
BATCH = 50


@shared_task(name="filing.send_link")
def send_link(draft_id: int) -> None:
    """Send the link of one draft; a failure is tried again by the sweep."""
    try:
        links.send_due_link(draft_id)
    except (OSError, SMTPException):
        logger.warning("The link of draft %s could not be sent; it will be tried again", draft_id)


@shared_task(name="filing.send_due_links")
def send_due_links() -> None:
    """Send the links whose time has come: those that the queue lost, those that failed."""
    due = Draft.objects.filter(link_due_at__lte=timezone.now()).order_by("link_due_at")
    for draft_id in list(due.values_list("pk", flat=True)[:BATCH]):
        send_link(draft_id)


@shared_task(name="filing.purge_drafts")
def purge_drafts() -> None:
    """Delete expired drafts, files that stopped on their way, and files that nobody keeps."""
    purge.purge_drafts()
    purge.purge_partial_uploads()
    purge.sweep_orphans()


@shared_task(name="filing.check_files")
def check_files() -> None:
    """Show the antivirus the files that wait for it: of requests, then of drafts."""
    check_waiting_files()
    quarantine.check_waiting_files()


@shared_task(name="filing.remind_of_drafts")
def remind_of_drafts() -> None:
    """Write to those whose draft ends soon; the sweep of links sends it."""
    links.remind_of_drafts()
