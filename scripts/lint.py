"""Run every check of style, types, borders, migrations and translations; say all that is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = str(BIN / "python")

TEMPLATES = [name for name in ("templates", "cms", "directory", "agenda", "procedures") if (ROOT / name).is_dir()]

CHECKS: dict[str, list[str]] = {
    "types (mypy)": [str(BIN / "mypy")],
    "style (ruff check)": [str(BIN / "ruff"), "check", "."],
    "format (ruff format)": [str(BIN / "ruff"), "format", "--check", "."],
    "borders (import-linter)": [str(BIN / "lint-imports")],
    "templates (djlint)": [str(BIN / "djlint"), *TEMPLATES, "--lint", "--quiet"],
    "system checks": [PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "translations": [PYTHON, "scripts/messages.py", "check"],
}


def run(name: str, var: str) -> bool:
    """Run one check, print its outcome in one piece, tell whether it passed."""
    started = time.monotonic()
    environment = os.environ | {"PARVIS_VAR": var, "DJANGO_SETTINGS_MODULE": "cms.settings.dev"}
    done = subprocess.run(CHECKS[name], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    passed = done.returncode == 0
    told = f"{'ok  ' if passed else 'FAIL'} {name} ({time.monotonic() - started:.0f} s)"
    print(told if passed else f"{told}\n{done.stdout}{done.stderr}", flush=True)
    return passed


def main() -> int:
    """Run all, two at a time: mypy takes as long as the rest together."""
    with tempfile.TemporaryDirectory(prefix="parvis-lint-") as var, ThreadPoolExecutor(max_workers=2) as pool:
        return 0 if all(list(pool.map(lambda name: run(name, var), CHECKS))) else 1


if __name__ == "__main__":
    sys.exit(main())
