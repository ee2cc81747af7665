"""Count requests into the daily aggregates that figures come from."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from procedures.statistics.services import count_all


class Command(BaseCommand):
    help = "Count every request anew into the daily aggregates: after an import, or when a figure is doubted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", type=date.fromisoformat, help="first day, YYYY-MM-DD; by default all")

    def handle(self, *args: Any, **options: Any) -> None:
        counted = sum(1 for _day in tqdm(count_all(options["since"]), unit=" days", leave=False))
        self.stdout.write(f"{counted} days counted")
