"""Where many requests arrive, the browser works instead of the resident."""

import pytest

from tests.browser.filling import go_on, send
from tests.factories.filing import WHO, make_birth_procedure
from tests.factories.procedures import block_id

BUSY = {"calm_per_address": "1/hour"}


@pytest.fixture
def busy(live_server, settings, transactional_db, tmp_path):
    """A site on which somebody has just sent a request from this address."""
    settings.FILING_RATES = {**settings.FILING_RATES, **BUSY}
    settings.FILING_PROOF_HASHES = 5_000
    return f"{live_server.url}/remplir/{make_birth_procedure().slug}"


def to_the_summary(page, start):
    page.goto(f"{start}/?nouvelle=1")
    for name, value in WHO.items():
        page.fill(f"[name='{name}']", value)
    go_on(page)
    page.check(f"[value='{block_id('Extrait')}']")
    page.check(f"[name='{block_id('urgent')}'][value=no]")
    go_on(page)


def test_the_request_is_sent_with_the_work_that_the_browser_did(busy, browser):
    context = browser.new_context()
    refused = []
    context.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page = context.new_page()
    to_the_summary(page, busy)
    assert not page.locator("[data-challenge]").count()
    send(page)
    to_the_summary(page, busy)
    assert page.locator("[data-challenge]").count() == 1
    assert not page.locator("[name=website]").is_visible()
    send(page)
    assert refused == []
    context.close()
