"""Print a link that opens a procedure with values filled in."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from procedures.definition.models import Procedure
from procedures.filing.signed_links import LONGEST, signed_link


class Command(BaseCommand):
    help = "Print a link to a procedure, signed, with values: sign_prefill piscine dossier=12 email=a@example.org"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="Address of the procedure")
        parser.add_argument("values", nargs="+", metavar="KEY=VALUE")
        parser.add_argument("--language", help="Of the page; the city's own by default")

    def handle(self, *args: Any, slug: str, values: list[str], language: str | None, **options: Any) -> None:
        procedure = Procedure.objects.filter(slug=slug).first()
        if procedure is None:
            raise CommandError(f"No procedure has the address {slug}")
        pairs = [value.partition("=") for value in values]
        if not all(equals and key for key, equals, _value in pairs):
            raise CommandError("Write values as KEY=VALUE")
        link = signed_link(procedure, {key: value for key, _equals, value in pairs}, language)
        if len(link) > LONGEST:
            raise CommandError("This is too much for a link")
        self.stdout.write(link)
