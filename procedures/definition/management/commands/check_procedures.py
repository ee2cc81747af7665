from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from procedures.definition.checking import draft_of, find_all
from procedures.definition.checks_panel import words_of
from procedures.definition.models import ProcedurePage


class Command(BaseCommand):
    """Run the checks of the editor over procedures, as they were last saved."""

    help = "Check procedures: what stops their publication, and advice. Fails if something stops one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", nargs="*", help="addresses of procedures; all of them if none is given")
        parser.add_argument("--blocking", action="store_true", help="leave advice out")

    def handle(self, *args: Any, slug: list[str], blocking: bool, **options: Any) -> None:
        pages = ProcedurePage.objects.filter(alias_of=None).select_related("locale").order_by("locale_id", "slug")
        stopped = 0
        for page in pages.filter(slug__in=slug) if slug else pages:
            draft = draft_of(page.get_latest_revision_as_object())
            found = [finding for finding in find_all(draft) if finding.check.blocking or not blocking]
            stopped += any(finding.check.blocking for finding in found)
            self.stdout.write(f"{page.locale.language_code} {page.slug}: {len(found)}")
            for finding in found:
                kind = "STOPS" if finding.check.blocking else "advice"
                where = " › ".join(words_of(draft.parts, finding.path)) or ".".join(map(str, finding.path))
                self.stdout.write(f"  {kind} [{finding.check.slug}] {where}: {finding.message}")
        if stopped:
            raise CommandError(f"{stopped} could not be published")
