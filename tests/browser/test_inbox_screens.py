"""The screens of the inbox, signed in: no fault that axe knows, one title, narrow screens."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.audit import NARROW, REFLOW_SCRIPT, WIDE, run_axe
from tests.browser.filling import press
from tests.browser.verdicts import expect_none

OPEN_ALL = "document.querySelectorAll('main details').forEach(one => { one.open = true })"
TITLES = "Array.from(document.querySelectorAll('h1'), one => one.innerText)"
SCREENS = {
    "agent_voirie": ("demandes/", "saisir-une-demande/?q=martin", "demandes/courriers/", "demandes/travaux/export/"),
    "mediator": ("demandes/", "mediation/"),
    "mayor": ("chiffres/",),
}


def faults_of(page: Page) -> list[str]:
    """What is wrong with the screen as it stands, everything opened that can be."""
    page.evaluate(OPEN_ALL)
    found = run_axe(page)
    titles = page.evaluate(TITLES)
    if len(titles) != 1:
        found.append(f"titles: {titles}")
    page.set_viewport_size(NARROW)
    if overflow_px := page.evaluate(REFLOW_SCRIPT):
        found.append(f"{overflow_px} px too wide")
    page.set_viewport_size(WIDE)
    return [f"{page.url}: {fault}" for fault in found]


@pytest.mark.parametrize("role", SCREENS)
def test_the_screens_of_each_role_have_no_fault(staff, role):
    page, found = staff(role), []
    for screen in SCREENS[role]:
        page.goto(f"/admin/{screen}")
        found += faults_of(page)
    expect_none(found)


def test_a_request_has_no_fault_with_every_box_open_nor_after_a_mistake(staff):
    page = staff("agent_voirie")
    page.goto("/admin/demandes/?status=received")
    press(page.locator(".inbox-line th a").first)
    found = faults_of(page)
    press(page.locator("button[formaction*='/refuse/']:not([name])"))  # without its reasons
    assert page.locator(".error-message").count()
    expect_none(found + faults_of(page))
