"""What is wrong with pages that were looked at, in words."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.browser.audit import Checked
from tests.browser.tools import VNU


def told(checked: list[Checked], faults: str) -> list[str]:
    """Say the faults of each page that has some."""
    return [f"{result.address}\n    {fault}" for result in checked for fault in getattr(result, faults)]


def html_faults(pages: dict[str, str], folder: Path) -> list[str]:
    """Run the Nu checker over all pages at once: starting Java takes longer than a hundred pages."""
    names = {}
    for number, (address, html) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_text(html, encoding="utf-8")
        names[path.name] = address
    command = ["java", "-jar", str(VNU), "--format", "json", "--exit-zero-always", *map(str, folder.glob("*.html"))]
    told_by_checker = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return [
        f"{names[Path(message['url']).name]}: {message['message']} ({message.get('extract', '')!r})"
        for message in json.loads(told_by_checker)["messages"]
        if message["type"] == "error"
    ]


def expect_none(faults: list[str]) -> None:
    """Fail with the first faults in full, and their number."""
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:40])
