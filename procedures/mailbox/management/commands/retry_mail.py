"""Treat again the e-mails that could not be treated, once what was in their way is mended."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from procedures.mailbox.models import IncomingMail
from procedures.mailbox.treating import treat


class Command(BaseCommand):
    help = "Treat again the e-mails that could not be treated."

    def handle(self, *args: Any, **options: Any) -> None:
        State = IncomingMail.State
        failed = list(IncomingMail.objects.filter(state=State.FAILED).values_list("pk", flat=True))
        IncomingMail.objects.filter(pk__in=failed).update(
            state=State.WAITING, attempts=0, next_attempt_at=timezone.now()
        )
        done = sum(treat(pk) for pk in failed)
        self.stdout.write(f"{done} of {len(failed)} e-mails treated.")
