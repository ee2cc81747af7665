"""Get what the browser tests need: Chromium, fonts, Java for the HTML checker, two npm packages.

As root on Debian it installs them; else it says in one line what is missing, and pytest skips those
tests and counts them.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from environment import apt_install, is_root_on_debian

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = {"chromium": "chromium", "java": "default-jre-headless", "node": "nodejs", "npm": "npm"}
FONTS = {
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf": "fonts-dejavu-core",
    "/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf": "fonts-noto-core",
}


def missing_packages() -> list[str]:
    """List the Debian packages whose command or font is not there."""
    commands = [package for command, package in COMMANDS.items() if shutil.which(command) is None]
    return commands + [package for font, package in FONTS.items() if not Path(font).exists()]


def install_npm_packages() -> bool:
    """Install the two locked packages unless they are there; tell whether they are."""
    lock, mark = ROOT / "package-lock.json", ROOT / "node_modules" / ".parvis"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == wanted:
        return True
    command = ["npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
    if shutil.which("npm") is None or subprocess.run(command, cwd=ROOT, check=False).returncode:
        return False
    mark.write_text(wanted)
    return True


def main() -> None:
    """Install or tell; never fail, for the other tests need nothing of this."""
    missing = missing_packages()
    if missing and is_root_on_debian():
        print(f"Installing {' '.join(missing)} (once)…", flush=True)
        apt_install(*missing)
        missing = missing_packages()
    if missing:
        print(f"Browser tests will be skipped. To run them: sudo apt-get install {' '.join(missing)}", flush=True)
    if not install_npm_packages():
        print("Browser tests will be skipped. To run them: npm ci", flush=True)
    if shutil.which("clamd") is None:  # Debian would start it, and download signatures: services.sh knows how not to
        print("Tests of the antivirus will be skipped. To run them: sudo apt-get install clamav-daemon", flush=True)


if __name__ == "__main__":
    sys.exit(main())
