"""Ask for the link to resume: no view waits for the mail."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from procedures.filing.models import Draft
from procedures.filing.tasks import send_link

LINKS_PER_DRAFT = 3
"""More would let a stranger's mailbox be filled."""


@transaction.atomic
def ask_for_link(draft: Draft, recipient: str, language: str) -> bool:
    """Have the link sent; False when it has been sent often enough.

    The wish is written in the draft: the queue is a shortcut, the sweep finds what it lost.
    """
    asked = Draft.objects.filter(pk=draft.pk, links_asked__lt=LINKS_PER_DRAFT).update(
        link_recipient=recipient,
        reminder_recipient=recipient,
        is_reminder=False,
        link_due_at=timezone.now(),
        links_asked=F("links_asked") + 1,
        link_attempts=0,
        language=language,
    )
    if asked:
        transaction.on_commit(lambda: send_link.apply_async([draft.pk], retry=False), robust=True)
    return bool(asked)
