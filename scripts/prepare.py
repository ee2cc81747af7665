"""Bring database, translations, static files and demo city up to date; only what is stale.

Runs in one process, after ``environment.py`` and before the servers.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.management import call_command
from django.utils.module_loading import import_string
from messages import compile_all

ROOT = Path(__file__).resolve().parents[1]

DEMO_MARK = "demo-accounts.json"  # written last, by load_demo_city


def state_of(paths: Iterable[Path]) -> str:
    """Sum up names, sizes and times of files, to know later whether one has changed."""
    facts = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(paths)]
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def unless_done(name: str, state: str, work: Callable[[], object]) -> None:
    """Do ``work`` unless it was done for this very ``state``."""
    mark = settings.VAR_DIR / "done" / name
    if mark.exists() and mark.read_text() == state:
        return
    work()
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(state)


def collect_static_files() -> None:
    """Copy, hash and compress the static files when ours or the packages' have changed."""
    ours = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    locks = [ROOT / "requirements.txt", *ROOT.glob(".venv/.parvis/*")]
    unless_done(
        "static", state_of([*ours, *locks]), lambda: call_command("collectstatic", interactive=False, verbosity=0)
    )


def load_demo_city() -> None:
    """Load the demo city once; what people did with it since is kept."""
    if not (settings.VAR_DIR / DEMO_MARK).exists():
        call_command("load_demo_city")
        call_command("update_index", verbosity=0)
        call_command("rebuild_references_index", verbosity=0)


def name_site() -> None:
    """Tell Wagtail where the site is, so that the admin's links to pages lead there; PORT may have changed."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    site = import_string("wagtail.models.Site").objects.filter(is_default_site=True).first()
    if site and address.hostname and (site.hostname, site.port) != (address.hostname, address.port or 80):
        site.hostname, site.port = address.hostname, address.port or 80
        site.save()


def step(label: str, work: Callable[[], object]) -> None:
    """Run one step and say how long it took."""
    started = time.monotonic()
    print(f"  {label}…", end="", flush=True)
    work()
    print(f" {time.monotonic() - started:.1f} s", flush=True)


def main() -> None:
    """Run every step in order."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    # A task per saved object would keep the worker busy for minutes: all is indexed at once, below.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    step("translations", lambda: compile_all(ROOT / "locale"))
    django.setup()
    step("database", lambda: call_command("migrate", interactive=False, verbosity=0))
    step("static files", collect_static_files)
    step("demo city", load_demo_city)
    name_site()


if __name__ == "__main__":
    main()
