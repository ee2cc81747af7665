"""Write a procedure as JSON that ``import_procedure`` reads: ``manage.py export_procedure SLUG > FILE``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from procedures.definition.importing.own import as_text
from procedures.definition.models import ProcedurePage


class Command(BaseCommand):
    help = "Write a procedure as JSON, to take it to another site or to keep it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the address of its page, or of the procedure")
        parser.add_argument("--output", type=Path, metavar="FILE", help="instead of the standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        pages = ProcedurePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).select_related("locale")
        page = pages.filter(slug=options["slug"]).first()
        if page is None:
            raise CommandError(f"No procedure has the address “{options['slug']}”.")
        text = as_text(page)
        if options["output"]:
            options["output"].write_text(text + "\n", encoding="utf-8")
        else:
            self.stdout.write(text)
