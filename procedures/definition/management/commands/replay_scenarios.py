"""Replay the scenarios of all procedures, or of some, on their saved drafts."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser

from procedures.definition.drafts import compile_draft, source_of
from procedures.definition.models import ProcedurePage, Scenario
from procedures.definition.scenario_services import results_for


class Command(BaseCommand):
    help = "Replay scenarios on the saved drafts; exit with 1 where one does not come out as expected."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", help="Addresses of pages; all where there is none")

    def handle(self, *args: Any, slugs: list[str], **options: Any) -> None:
        keys = set(Scenario.objects.values_list("procedure_key", flat=True))
        pages = ProcedurePage.objects.filter(translation_key__in=keys, alias_of=None).order_by("slug")
        failed = False
        for page in [page for page in pages if page.is_source and (not slugs or page.slug in slugs)]:
            try:
                results = results_for(page.translation_key, compile_draft(source_of(page)))
            except ValidationError as error:
                self.stderr.write(f"{page.slug}: {' '.join(error.messages)}")
                failed = True
                continue
            for result in results:
                said = " ".join(result.differences) or "ok"
                self.stdout.write(f"{page.slug} · {result.scenario.name}: {said}")
                failed = failed or bool(result.differences)
        if failed:
            raise SystemExit(1)
