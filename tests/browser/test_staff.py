"""Staff publish, agents answer, and residents see it."""

import re
import time

from tests.browser.filling import EMAIL, PDF, press, send, walk

INDEXED_WITHIN_SECONDS = 30
BIRTH = "/remplir/acte-de-naissance/"


def act(page, slug, **fields):
    """Do one of the actions on the request that is open."""
    button = page.locator(f"button[formaction*='/{slug}/']:not([name])")
    details = page.locator("details.inbox-action").filter(has=button)
    if details.count() and details.get_attribute("open") is None:
        details.locator("summary").click()
    for name, value in fields.items():
        page.locator(f"[name={slug}-{name}]").fill(value)
    press(button)


def test_an_agent_asks_for_a_document_the_resident_sends_it_and_is_answered(city, phone, staff):
    walk(phone, BIRTH, lambda page: None)
    number = send(phone)
    agent = staff("agent_etat_civil")
    agent.goto(f"/admin/demandes/?q={number}")
    press(agent.get_by_role("link", name=re.compile(number)).first)
    act(agent, "take")
    act(agent, "completion", missing="Une copie de votre pièce d’identité")
    asked = city.wait_for_mail(number, "pièce d’identité")
    link = re.search(r"http://\S+/suivi/\S+", asked.text)
    phone.goto(link.group())
    assert "Une copie de votre pièce d’identité" in phone.inner_text("main")
    missing = phone.locator("form[action$='/repondre/']")
    missing.locator("input[type=file]").set_input_files(
        {"name": "identite.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    press(missing.locator("button"))
    assert "identite.pdf" in phone.inner_text("main")
    agent.reload()
    assert "identite.pdf" in agent.inner_text("main")
    act(agent, "accept", reason="L’acte part demain par la poste.")
    assert EMAIL in city.wait_for_mail(number, "demain par la poste").to
    phone.reload()
    assert "demain par la poste" in phone.inner_text("main")


def test_an_agent_sees_the_requests_of_another_department_neither_in_the_list_nor_by_address(city, phone, staff):
    walk(phone, BIRTH, lambda page: None)
    number = send(phone)
    owner, other = staff("agent_etat_civil"), staff("agent_voirie")
    owner.goto(f"/admin/demandes/?q={number}")
    address = owner.get_by_role("link", name=re.compile(number)).first.get_attribute("href")
    other.goto(f"/admin/demandes/?q={number}")
    assert other.get_by_role("link", name=re.compile(number)).count() == 0
    assert other.goto(address).status in {403, 404}


def test_an_editor_publishes_a_guide_and_residents_read_it(city, phone, staff):
    editor = staff("editor")
    guides = editor.request.get("/admin/api/main/pages/?slug=guides").json()["items"]
    section = next(page["id"] for page in guides if page["meta"]["locale"] == "fr")
    editor.goto(f"/admin/pages/add/pages/guidepage/{section}/")
    editor.locator("#id_title").fill("Bien trier ses déchets")
    editor.locator("#id_summary").fill("Les bacs, les jours de collecte, la déchèterie.")
    editor.locator("button.c-sf-add-button").first.click()
    editor.locator("div[role=option]").first.click()
    editor.locator("[name=body-0-value-text]").fill("Le bac jaune")
    editor.locator("footer [data-w-dropdown-target=toggle]").last.click()
    editor.locator("[name=action-publish]").click()
    editor.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    deadline = time.monotonic() + INDEXED_WITHIN_SECONDS
    found = phone.get_by_role("link", name="Bien trier ses déchets")
    while not found.count() and time.monotonic() < deadline:
        phone.goto("/recherche/?q=trier+ses+déchets")
    press(phone.get_by_role("link", name="Bien trier ses déchets").first)
    read = phone.inner_text("main")
    assert "Les bacs, les jours de collecte" in read
    assert "Le bac jaune" in read
