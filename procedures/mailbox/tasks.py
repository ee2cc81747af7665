"""What the worker does with e-mails; every task reads rows and may run twice."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from procedures.mailbox.ending import purge_mails, sweep_orphans
from procedures.mailbox.models import IncomingMail
from procedures.mailbox.taking import take_all
from procedures.mailbox.treating import treat

MOST = 200
"""E-mails of one run; the next one is a minute away."""


@shared_task(name="mailbox.read")
def read() -> None:
    """Take what came, then treat it and what waits from before."""
    if settings.MAILBOX_URL or settings.MAILBOX_BOUNCES_URL:
        take_all()
        for pk in IncomingMail.objects.due(timezone.now()).values_list("pk", flat=True)[:MOST]:
            treat(pk)


@shared_task(name="mailbox.purge")
def purge() -> None:
    """Delete e-mails that were treated long enough ago."""
    purge_mails()
    sweep_orphans()
