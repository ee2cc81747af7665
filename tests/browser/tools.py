"""What the browser tests need that pip does not bring; ``scripts/browser_tools.py`` installs it."""

import shutil
from pathlib import Path

MODULES = Path(__file__).resolve().parents[2] / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
VNU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def missing_tools() -> list[str]:
    """Name what is not there."""
    needed = {"chromium": CHROMIUM, "java": shutil.which("java"), "axe-core": AXE.exists(), "vnu-jar": VNU.exists()}
    return [name for name, found in needed.items() if not found]
