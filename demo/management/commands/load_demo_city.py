"""``manage.py load_demo_city``: the invented city of Valmarie, once."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from demo.loading.order import is_loaded, load_city
from demo.loading.staff import renew_logins

OWNER_ONLY = 0o600


class Command(BaseCommand):
    help = "Load the demo city Valmarie: pages, directory, agenda, procedures, requests, accounts. Once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--accounts",
            type=Path,
            default=settings.VAR_DIR / "demo-accounts.json",
            help="where to write the logins of the demo accounts (default: %(default)s)",
        )

    def handle(self, *, accounts: Path, **options: Any) -> None:
        if is_loaded():
            self.stdout.write("There is a city already: nothing to load.")
            if not accounts.exists():
                self._renew(accounts)
            return
        city = load_city(lambda line: self.stdout.write(f"  {line}"))
        write_accounts(accounts, city.logins)
        self.stdout.write(self.style.SUCCESS(f"Valmarie is there; the logins are in {accounts}"))

    def _renew(self, accounts: Path) -> None:
        """Passwords are written once and kept nowhere: who has lost the file gets new ones."""
        logins = renew_logins()
        if logins:
            write_accounts(accounts, logins)
            self.stdout.write(f"New passwords of the demo accounts are in {accounts}")


def write_accounts(path: Path, logins: dict[str, dict[str, str]]) -> None:
    """Write the logins for the owner's eyes only, in one go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(logins, file, indent=2, ensure_ascii=False)
        file.write("\n")
    os.replace(draft, path)
