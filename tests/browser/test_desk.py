"""A request from the list to its answer and on to the next, by keyboard alone."""

from tests.browser.filling import send, walk

BIRTH = "/remplir/acte-de-naissance/"


def focus(page):
    return page.evaluate("document.activeElement.name || document.activeElement.tagName")


def test_an_agent_takes_asks_and_accepts_by_keyboard_and_goes_on_to_the_next(city, phone, staff):
    numbers = []
    for _ in range(2):
        walk(phone, BIRTH, lambda page: None)
        numbers.append(send(phone))
    agent = staff("agent_etat_civil")
    agent.goto("/admin/demandes/?status=received")
    agent.keyboard.press("j")
    with agent.expect_navigation():
        agent.keyboard.press("Enter")
    first = agent.url
    with agent.expect_navigation():
        agent.keyboard.press("t")
    agent.keyboard.press("n")
    assert focus(agent) == "note-text"
    agent.keyboard.type("À relire")
    agent.reload()
    assert agent.locator("#desk-note-text").input_value() == "À relire"
    agent.locator(".inbox-title").click()
    agent.keyboard.press("a")
    assert focus(agent) == "accept-reason"
    agent.keyboard.type("L’acte part demain.")
    with agent.expect_navigation():
        agent.locator("button[formaction*='/accept/']:not([name])").press("Enter")
    assert "L’acte part demain." in agent.inner_text("main")
    with agent.expect_navigation():
        agent.keyboard.press("s")
    assert agent.url != first
    assert "status=received" in agent.url
