"""A department makes a new procedure in the editor, condition included, and a resident is asked its questions."""

import re

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.filling import go_on


def list_of_procedures(editor):
    """The id of the French list, under which procedures are written."""
    offset = 0
    while pages := editor.request.get(f"/admin/api/main/pages/?limit=20&offset={offset}").json()["items"]:
        for page in pages:
            if (page["meta"]["type"], page["meta"]["locale"]) == ("definition.ProcedureIndexPage", "fr"):
                return page["id"]
        offset += len(pages)
    raise AssertionError("the city has no list of procedures")


def add_question(editor, kind, place, label):
    """Choose a type of question at the end of the only step, and word it."""
    button = editor.locator("[data-contentpath=questions] .c-sf-add-button").last
    chosen = editor.get_by_role("option", name=kind, exact=True)
    button.click()
    try:
        chosen.wait_for(timeout=10_000)
    except PlaywrightTimeout:  # on a busy machine the button stands there before it does anything
        button.click()
        chosen.wait_for()
    offered = editor.locator("[role=option]").all_inner_texts()
    assert len(offered) > 20
    assert not [words for words in offered if "install" in words], "a retired type is offered"
    chosen.click()
    editor.locator(f"[name=steps-0-value-questions-{place}-value-label]").fill(label)


def test_a_condition_is_chosen_among_the_questions_typed_and_holds_for_residents(city, phone, staff):
    editor = staff("admin")
    editor.goto(f"/admin/pages/add/definition/procedurepage/{list_of_procedures(editor)}/")
    editor.locator("#id_title").fill("Emprunter le préau")
    editor.locator("#id_introduction").fill("Pour une fête de quartier.")
    editor.locator("#id_department").select_option(index=1)
    editor.locator("[data-contentpath=alternative] [role=textbox]").click()
    editor.keyboard.type("Au guichet de la mairie.")
    editor.get_by_role("tab", name="Délais et droit").click()
    editor.locator("#id_silence_effect").select_option("acceptance")
    editor.get_by_role("tab", name="Étapes et questions").click()
    editor.locator(".c-sf-add-button").first.click()
    editor.locator("[name=steps-0-value-title]").fill("Votre fête")
    add_question(editor, "Oui ou non", 0, "Y aura-t-il de la musique ?")
    add_question(editor, "Texte court", 1, "Jusqu’à quelle heure ?")

    section = editor.locator("#block_group-steps-0-value-questions-1-value-condition-section")
    section.locator("button[data-panel-toggle]").first.click()
    section.locator("[data-contentpath=rules] .c-sf-add-button").first.click()
    lists = section.locator("select[data-condition-list]")
    lists.first.select_option(label="Y aura-t-il de la musique ?")
    lists.nth(1).select_option(label="Oui")
    editor.locator("footer [data-w-dropdown-target=toggle], .footer .w-dropdown__toggle").last.click()
    editor.locator("[name=action-publish]").click()
    editor.wait_for_url(re.compile(r"/admin/pages/\d+/$"))

    phone.goto("/demarches/")
    phone.get_by_role("link", name="Emprunter le préau").click()
    phone.get_by_role("link", name="Commencer").click()
    assert "Jusqu’à quelle heure ?" not in phone.inner_text("main")
    phone.get_by_label("Oui", exact=True).check()
    go_on(phone)
    assert "Jusqu’à quelle heure ?" in phone.inner_text("main")
