"""``manage.py verify_log``: follow the hash chain of every request."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from procedures.inbox.models import Event, ServiceRequest
from procedures.inbox.sealing import all_breaks


class Command(BaseCommand):
    help = "Check that no event of any request was changed, added or removed."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for found in all_breaks():
            broken += 1
            self.stderr.write(f"{found.number} event {found.seq}: {found.reason}")
        if broken:
            raise CommandError(f"{broken} breaks in the log")
        events, requests = Event.objects.count(), ServiceRequest.objects.count()
        self.stdout.write(f"{events} events of {requests} requests: every chain is whole")
