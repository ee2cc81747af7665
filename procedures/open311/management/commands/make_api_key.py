"""Make a key for an application that reports through Open311; it is printed once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from procedures.open311.models import ApiKey


class Command(BaseCommand):
    help = "Make a key for an application that reports through Open311. It is printed once and not kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("label", help="whose key it is")
        parser.add_argument("--per-hour", type=int, default=300, help="requests per hour, 0 for no limit")

    def handle(self, *args: Any, **options: Any) -> None:
        key = ApiKey(label=options["label"], requests_per_hour=options["per_hour"])
        drawn = key.draw()
        key.full_clean()
        key.save()
        self.stdout.write(drawn)
