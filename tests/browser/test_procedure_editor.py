"""A department makes a new procedure in the editor, condition included, and a resident is asked its questions."""

import re

PARENT = "/admin/api/main/pages/?type=definition.ProcedurePage&limit=1&fields=parent"


def add_question(editor, kind, place, label):
    """Choose a type of question at the end of the only step, and word it."""
    editor.locator("[data-contentpath=questions] .c-sf-add-button").last.click()
    editor.get_by_role("option", name=kind, exact=True).click()
    editor.locator(f"[name=steps-0-value-questions-{place}-value-label]").fill(label)


def test_a_condition_is_chosen_among_the_questions_typed_and_holds_for_residents(city, phone, staff):
    editor = staff("admin")
    above = editor.request.get(PARENT).json()["items"][0]["meta"]["parent"]["id"]
    editor.goto(f"/admin/pages/add/definition/procedurepage/{above}/")
    editor.locator("#id_title").fill("Emprunter le préau")
    editor.locator("#id_introduction").fill("Pour une fête de quartier.")
    editor.locator("#id_department").select_option(index=1)
    editor.locator("[data-contentpath=alternative] [role=textbox]").click()
    editor.keyboard.type("Au guichet de la mairie.")
    editor.get_by_role("tab", name="Étapes et questions").click()
    editor.locator(".c-sf-add-button").first.click()
    editor.locator("[name=steps-0-value-title]").fill("Votre fête")
    add_question(editor, "Oui ou non", 0, "Y aura-t-il de la musique ?")
    add_question(editor, "Texte court", 1, "Jusqu’à quelle heure ?")

    section = editor.locator("#block_group-steps-0-value-questions-1-value-condition-section")
    section.locator("button[data-panel-toggle]").first.click()
    section.locator(".c-sf-add-button").last.click()
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
    phone.locator("main form button[type=submit]").last.click()
    assert "Jusqu’à quelle heure ?" in phone.inner_text("main")
