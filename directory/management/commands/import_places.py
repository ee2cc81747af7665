"""Read places from open data: ``manage.py import_places FILE --format dila``."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm
from wagtail.models import Locale

from directory.importing.report import Report
from directory.importing.rows import BadRow, PlaceFormat, PlaceRow, Progress, UnusableFile, place_formats
from directory.importing.saving import save_rows

Row = PlaceRow | BadRow


class Command(BaseCommand):
    help = "Create and update places from a file of open data. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", required=True, choices=[kind.slug for kind in place_formats])
        parser.add_argument("--commune", default="", metavar="CODE", help="INSEE code: only the rows of this commune")
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="write what became of each row to this CSV file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kind, path = place_formats[options["format"]], options["file"]
        locale = Locale.objects.filter(language_code=settings.LANGUAGE_CODE).first()
        if locale is None:
            raise CommandError(f"The site has no language “{settings.LANGUAGE_CODE}” yet.")
        with ExitStack() as stack:
            report = Report(self._report_file(stack, options["report"]))
            try:
                rows = self._rows(kind, path, options["commune"], report)
                save_rows(kind.slug, rows, locale, report)
            except UnusableFile as error:
                done = sum(report.counts.values())
                raise CommandError(f"{error} {done} rows were handled before." if done else str(error)) from error
        self.stdout.write("\n".join(report.lines()))

    def _report_file(self, stack: ExitStack, path: Path | None) -> IO[str] | None:
        try:
            return stack.enter_context(path.open("w", encoding="utf-8", newline="")) if path else None
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.") from error

    def _rows(self, kind: PlaceFormat, path: Path, commune: str, report: Report) -> Iterator[Row]:
        """The rows asked for, while a bar on stderr follows the reading."""
        towns = self._towns(kind, path, commune) if commune and not kind.always_says_commune else set()
        progress = Progress()
        size = path.stat().st_size if path.exists() else None
        with tqdm(total=size, unit="B", unit_scale=True, file=sys.stderr, desc=path.name) as bar:
            for row in kind.read(path, progress):
                bar.update(progress.done[0] - bar.n)
                if commune and not self._is_of(row, commune, towns):
                    report.other_communes += 1
                else:
                    yield row

    def _towns(self, kind: PlaceFormat, path: Path, commune: str) -> set[tuple[str, str]]:
        """Names of the commune in the file: they tell where rows without a code lie."""
        rows = kind.read(path, Progress())
        return {row.town for row in rows if isinstance(row, PlaceRow) and row.commune == commune}

    def _is_of(self, row: Row, commune: str, towns: set[tuple[str, str]]) -> bool:
        if isinstance(row, BadRow):
            return True  # nobody knows: better said than hidden
        return row.commune == commune or (not row.commune and row.town in towns)
