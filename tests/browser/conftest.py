"""One real site for all browser tests: what ``make start`` starts, with the demo city in it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.audit import Checked, check_all
from tests.browser.tools import CHROMIUM

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN_SECONDS = 240


@dataclass
class RunningSite:
    """The site, as somebody who has just typed ``make start`` finds it."""

    address: str
    """Without a slash at the end."""
    var: Path
    accounts: dict[str, dict[str, str]]
    process: subprocess.Popen[str]
    said: list[str]
    """What the command printed so far, line by line."""

    def mails(self) -> list[Path]:
        """The messages sent so far, oldest first."""
        return sorted((self.var / "mail").glob("*.eml"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_site(var: Path) -> RunningSite:
    """Run the start script and wait until it says that the site is ready."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    # The services that the tests may run on are theirs: this site is embedded, as on a laptop.
    ours = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "BASE_URL", "HOST")
    environment = {name: value for name, value in os.environ.items() if name not in ours and "PYTEST" not in name}
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "scripts" / "start.py")],
        env=environment | {"PORT": str(port), "PARVIS_VAR": str(var)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    ready = threading.Event()

    def listen() -> None:
        for line in process.stdout or ():
            said.append(line.rstrip())
            if "Ctrl-C" in line:
                ready.set()
        ready.set()  # it has ended: no use to wait

    threading.Thread(target=listen, daemon=True).start()
    assert ready.wait(READY_WITHIN_SECONDS), "\n".join(said)
    assert process.poll() is None, "\n".join(said)
    accounts = json.loads((var / "demo-accounts.json").read_text())
    return RunningSite(address, var, accounts, process, said)


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The running site of the demo city; what one test writes, the next one sees."""
    running = start_site(tmp_path_factory.mktemp("var"))
    yield running
    running.process.send_signal(signal.SIGINT)
    running.process.wait(30)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, quiet, as root or not."""
    flags = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
    more = ("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage")
    return {"executable_path": CHROMIUM, "headless": True, "args": [*flags, *more]}


@pytest.fixture(scope="session")
def browser_context_args(city: RunningSite) -> dict[str, Any]:
    """A resident's browser, in French."""
    return {"base_url": city.address, "locale": "fr-FR", "timezone_id": "Europe/Paris"}


@pytest.fixture
def phone(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A page as wide as a small phone, without JavaScript."""
    context = browser.new_context(
        **browser_context_args, viewport={"width": 320, "height": 640}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def log_in(context: BrowserContext, city: RunningSite, role: str) -> Page:
    """Open Wagtail's admin as one of the demo accounts."""
    page = context.new_page()
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill(city.accounts[role]["email"])
    page.locator("input[name=password]").fill(city.accounts[role]["password"])
    page.locator("form [type=submit]").first.click()
    page.wait_for_url("**/admin/**")
    assert "/login" not in page.url, page.inner_text("body")
    return page


@pytest.fixture
def staff(city: RunningSite, browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Any]:
    """Call it with a role to get a page logged in to the admin."""
    contexts: list[BrowserContext] = []

    def open_admin(role: str) -> Page:
        contexts.append(browser.new_context(**browser_context_args, viewport={"width": 1280, "height": 900}))
        return log_in(contexts[-1], city, role)

    yield open_admin
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def checked(city: RunningSite, browser: Browser, browser_context_args: dict[str, Any]) -> list[Checked]:
    """Every page of the sitemap and every step of every procedure, looked at once for all tests."""
    context = browser.new_context(**browser_context_args, viewport={"width": 1280, "height": 900})
    try:
        return check_all(context, city.address)
    finally:
        context.close()
