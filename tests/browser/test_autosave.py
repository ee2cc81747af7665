"""What is typed is saved meanwhile, and the page says so without chattering."""

import time

import pytest

from procedures.filing.models import Draft
from tests.browser.filling import press
from tests.factories.filing import make_birth_procedure
from tests.factories.procedures import block_id

NAME = f"[name='{block_id('prenom')}']"
SHOWN, SAID = "[data-autosave-shown]", "[data-autosave-said]"
COUNT = """selector => {
  window.said = [];
  new MutationObserver(() => window.said.push(document.querySelector(selector).textContent))
    .observe(document.querySelector(selector), { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture
def first_step(live_server, transactional_db, browser):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{live_server.url}/remplir/{make_birth_procedure().slug}/1/")
    yield page
    context.close()


def saved(page, act):
    """Do something and wait for the saving that follows."""
    with page.expect_response(lambda response: response.request.headers.get("x-autosave") == "1") as told:
        act()
    assert told.value.ok
    page.locator(SHOWN, has_text="Draft saved at").wait_for()


def test_typing_is_saved_and_said_once(first_step):
    page = first_step
    page.evaluate(COUNT, SAID)
    saved(page, lambda: page.locator(NAME).press_sequentially("Na"))
    saved(page, lambda: page.locator(NAME).press_sequentially("dia"))
    assert len(page.evaluate("window.said")) == 1
    page.reload()
    assert page.input_value(NAME) == "Nadia"


def test_without_a_connection_the_page_says_so_and_saves_as_soon_as_there_is_one(first_step):
    page = first_step
    page.context.set_offline(True)
    page.fill(NAME, "Nadia")
    page.locator(f"{SHOWN}.saved--not", has_text="no connection").wait_for()
    saved(page, lambda: page.context.set_offline(False))
    page.reload()
    assert page.input_value(NAME) == "Nadia"


def test_leaving_the_page_at_once_loses_nothing(first_step):
    page = first_step
    address = page.url
    page.fill(NAME, "Nadia")
    page.goto("about:blank")
    deadline = time.monotonic() + 10
    while not Draft.objects.exclude(data={}).exists() and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    page.goto(address)
    assert page.input_value(NAME) == "Nadia"


def test_the_button_waits_for_the_saving_that_makes_the_draft(first_step):
    page = first_step
    page.route("**/1/", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.fill(NAME, "Nadia")
    with page.expect_request(lambda request: request.headers.get("x-autosave") == "1"):
        pass
    press(page.locator("main form.form .actions button:not([name], [type=button])"))
    assert Draft.objects.count() == 1
