"""Browsers for the tests: a resident's, with or without script, and a member of staff's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.audit import Checked, check_all, check_steps, starts_of_procedures
from tests.browser.filling import press
from tests.browser.tools import CHROMIUM
from tests.running import RunningSite


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
    press(page.locator("form [type=submit]").first)
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


@pytest.fixture(scope="session")
def steps(checked: list[Checked], browser: Browser, browser_context_args: dict[str, Any]) -> list[Checked]:
    """Every step of every procedure in every language, with and without errors."""
    starts = starts_of_procedures(checked)
    return [found for start in starts for found in check_steps(browser, browser_context_args, start)]
