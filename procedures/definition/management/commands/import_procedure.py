"""Turn forms of other systems into drafts: ``manage.py import_procedure FILE… --department SLUG``."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from directory.models import Department
from procedures.definition.importing.report import CONDITION, FIELD, KINDS, RESULTS, counts
from procedures.definition.importing.running import Imported, UnusableFileError, read_procedure, save_draft
from procedures.definition.importing.safety import read_bounded

BLOCK_OF_FIELDS = b"<block"
MOST_BESIDE = 400


class Command(BaseCommand):
    help = "Turn forms exported from Publik, or procedures of Parvis, into drafts; tell what became of each field."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--department", required=True, metavar="SLUG", help="the department in charge")
        parser.add_argument("--dry-run", action="store_true", help="only tell; write nothing")
        parser.add_argument("--json", action="store_true", help="tell as JSON")
        parser.add_argument(
            "--blocks",
            "--beside",
            dest="beside",
            type=Path,
            action="append",
            default=[],
            metavar="PATH",
            help="blocks of fields (.wcs) and lists of choices (NAME.json), as files or folders; a folder “blocks” "
            "next to the folder of the form is found by itself",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        department = Department.objects.source().filter(slug=options["department"]).first()
        if department is None:
            raise CommandError(f"No department has the address “{options['department']}”.")
        files = [path for path in options["files"] if not self._is_block(path)]
        along = [*options["beside"], *(path for path in options["files"] if path not in files)]
        done = [self._read(path, along, department) for path in files]
        if not options["dry_run"]:
            self._save(done, department)
        if options["json"]:
            told = {"forms": [imported.as_json() for imported in done]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(line for imported in done for line in lines(imported)))

    def _read(self, path: Path, along: list[Path], department: Department) -> Imported:
        try:
            beside = dict(self._beside(path, along))
            return read_procedure(read_bounded(path), path.name, beside, department)
        except UnusableFileError as error:
            raise CommandError(f"{path.name}: {' '.join(str(error).split())}") from error

    @transaction.atomic
    def _save(self, done: list[Imported], department: Department) -> None:
        for imported in done:
            try:
                save_draft(imported, department)
            except UnusableFileError as error:
                raise CommandError(f"{imported.file}: {error}") from error

    def _is_block(self, path: Path) -> bool:
        try:
            with path.open("rb") as source:
                return BLOCK_OF_FIELDS in source.read(200)
        except OSError:
            return False  # said when the file itself is read

    def _beside(self, path: Path, along: list[Path]) -> Iterator[tuple[str, bytes]]:
        own = path.resolve().parent.parent / "blocks"
        for place in [*along, *([own] if own.is_dir() else [])]:
            found = sorted(place.iterdir())[:MOST_BESIDE] if place.is_dir() else [place]
            for each in found:
                if each.suffix in (".wcs", ".xml", ".json") and each.is_file():
                    yield each.name, read_bounded(each)


def lines(imported: Imported) -> Iterator[str]:
    """The report of one file for a person at a terminal."""
    yield f"{imported.file}: {imported.content['title']}"
    for kind, name in KINDS.items():
        found = counts(imported.outcomes, kind)
        if found["total"] or kind in (FIELD, CONDITION):
            told = ", ".join(f"{found[result]} {label}" for result, label in RESULTS.items())
            yield f"  {name}: {found['total']} ({told})"
    for outcome in imported.outcomes:
        if outcome.why:
            yield f"  - {outcome.name} [{outcome.kind}, {RESULTS[outcome.result]}]: {outcome.why}"
    yield from (f"  ! {problem}" for problem in imported.problems)
    if imported.page is not None:
        yield f"  → {imported.page.slug}"
