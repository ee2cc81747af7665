"""Announce and delete what has been kept long enough: manage.py apply_retention [--dry-run] [--limit N]."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from procedures.retention.applying import apply_retention


class Command(BaseCommand):
    help = "Announce, then delete, what requests have kept long enough; --dry-run only counts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="delete and announce nothing")
        parser.add_argument("--limit", type=int, default=None, help="at most so many (RETENTION_DAILY_CAP)")

    def handle(self, *args: Any, dry_run: bool, limit: int | None, **options: Any) -> None:
        run = apply_retention(dry_run=dry_run, limit=limit)
        for line in run.report["procedures"]:
            counts = f"{line['announced']} announced, {line['files_purged']} documents, {line['answers_purged']} data"
            self.stdout.write(f"{line['title']}: {counts}")
        self.stdout.write(
            f"Announced {run.announced}, documents {run.files_purged}, data {run.answers_purged}, "
            f"held {run.report['held']}, failed {run.failed}" + (", capped" if run.is_capped else "")
        )
