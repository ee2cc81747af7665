from typing import Any

from django.core.management.base import BaseCommand

from procedures.filing import purge


class Command(BaseCommand):
    help = "Delete drafts whose time is over, and stored files that no draft and no request keeps."

    def handle(self, *args: Any, **options: Any) -> None:
        drafts, files = purge.purge_drafts(), purge.sweep_orphans()
        self.stdout.write(f"{drafts} drafts and {files} orphan files deleted")
