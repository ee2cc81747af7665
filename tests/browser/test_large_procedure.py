"""The editor of a procedure of two hundred questions builds what one opens, and loses nothing of the rest."""

import json
import os
import sqlite3
import subprocess
import sys

import pytest

from tests.running import ROOT

LAST = "steps-11-value-questions-8-value-questions-7"
SAVED_WITHIN_MS = 60_000


@pytest.fixture(scope="module")
def large(city):
    """The id of the page of a large procedure."""
    ours = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.large_form"],
        env=ours | {"PARVIS_VAR": str(city.var)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(made.stdout.split()[-1])


def last_revision(city, page_id):
    """The id of the last revision of a page, and its steps as they are stored."""
    query = "SELECT id, content FROM wagtailcore_revision WHERE object_id = ? ORDER BY id DESC LIMIT 1"
    with sqlite3.connect(city.var / "parvis.sqlite3", timeout=30) as database:
        id, content = database.execute(query, [str(page_id)]).fetchone()
    return id, json.loads(content)["steps"]


def opened(staff, page_id):
    """The editor, its last question there."""
    editor = staff("admin")
    editor.goto(f"/admin/pages/{page_id}/edit/")
    editor.get_by_role("tab", name="Étapes et questions").click()
    editor.wait_for_selector(f"[name={LAST}-id]", state="attached")
    return editor


def save(city, editor, page_id):
    """Save a draft and leave the editor; return the steps as they are stored then."""
    before, _steps = last_revision(city, page_id)
    with editor.expect_navigation(timeout=SAVED_WITHIN_MS):
        editor.locator("button.action-save").first.click()
    editor.close()
    after, steps = last_revision(city, page_id)
    assert after != before
    return steps


def open_everything(editor):
    """Unfold every heading, and those inside, until Wagtail has built all there is."""
    closed = "[data-streamfield-stream-container] [data-panel-toggle][aria-expanded=false]"
    script = """(closed) => { const found = [...document.querySelectorAll(closed)];
      found.forEach((toggle) => toggle.click()); return found.length; }"""
    while editor.evaluate(script, closed):
        editor.wait_for_timeout(100)


def rules_of(steps, place, *parts):
    """The stored rules of the condition of a question, found by its words."""
    for step in json.loads(steps):
        waiting = list(step["value"]["questions"])
        for block in waiting:
            waiting += block["value"].get("questions", [])
            if block["value"].get("label") == place:
                return block["value"]["condition"]["rules"]
    raise AssertionError(place)


def test_what_was_not_opened_is_saved_byte_for_byte_as_what_was(city, staff, large):
    editor = opened(staff, large)
    open_everything(editor)
    whole = save(city, editor, large)
    assert whole.count('"label"') > 200

    editor = opened(staff, large)
    assert editor.locator("[data-contentpath=rules]").count() == 0, "nothing is built yet"
    assert save(city, editor, large) == whole


def test_a_comparison_is_added_by_keyboard_to_a_question_that_was_closed(city, staff, large):
    before = save(city, opened(staff, large), large)
    editor = opened(staff, large)
    question = f"{LAST}-value"
    panel = editor.locator(f"[data-contentpath]:has(> [name={LAST}-id])")
    assert "Question 200 ?" in panel.inner_text()
    panel.locator("[data-panel-toggle]").first.focus()
    editor.keyboard.press("Enter")
    editor.locator(f"#block_group-{question}-condition-section [data-panel-toggle]").focus()
    editor.keyboard.press("Enter")
    section = editor.locator(f"#block_group-{question}-condition-section")
    section.locator("[data-contentpath=rules] .c-sf-add-button").last.focus()
    editor.keyboard.press("Enter")
    lists = section.locator("select[data-condition-list]")
    count = len(rules_of(before, "Question 200 ?"))
    lists.nth(2 * count).select_option(label="Question 2 ?")
    lists.nth(2 * count + 1).select_option(label="Oui")

    after = save(city, editor, large)
    rules = rules_of(after, "Question 200 ?")
    assert len(rules) == count + 1
    added = json.loads(after)
    assert rules[-1]["value"]["value"] == "yes"
    text = json.dumps(added).replace(json.dumps(rules), json.dumps(rules[:-1]))
    assert text == json.dumps(json.loads(before)), "nothing else changed"


def test_a_copy_of_a_closed_question_holds_what_the_question_holds(city, staff, large):
    editor = opened(staff, large)
    first = editor.locator("[data-contentpath]:has(> [name=steps-12-value-questions-1-id])")
    first.locator("[data-streamfield-action=DUPLICATE]").first.click()
    copied = "steps-12-value-questions-5-value"
    editor.wait_for_selector(f"[name={copied}-label]")
    assert editor.input_value(f"[name={copied}-label]") == "Prénom"
    assert editor.input_value(f"[name={copied}-prefill-key]") == "given-name"
    assert editor.input_value(f"[name={copied}-checks-count]") == "1"


def test_a_mistake_in_a_closed_question_opens_it(city, staff, large):
    editor = opened(staff, large)
    first = editor.locator("[data-contentpath]:has(> [name=steps-12-value-questions-1-id])")
    first.locator("[data-streamfield-action=DUPLICATE]").first.click()
    editor.wait_for_selector("[name=steps-12-value-questions-5-value-label]")
    editor.locator("footer [data-w-dropdown-target=toggle], .footer .w-dropdown__toggle").last.click()
    with editor.expect_navigation(timeout=SAVED_WITHIN_MS):
        editor.locator("[name=action-publish]").click()
    editor.get_by_role("tab", name="Étapes et questions").click()
    wrong = editor.locator("[data-contentpath=label] .w-field--error input[name^=steps-12]")
    wrong.first.wait_for(state="visible")
    assert wrong.first.input_value() == "Prénom"
    assert editor.locator("[name=steps-12-value-questions-2-value-prefill-key]").input_value() == "given-name"


def test_a_link_of_the_checks_leads_into_what_is_closed(city, staff, large):
    editor = opened(staff, large)
    field = f"{LAST}-value-condition-match"
    editor.get_by_role("tab", name="Vérifications").click()
    panel = "document.querySelector('[role=tabpanel]:not([hidden])')"
    link = f"(id) => {panel}.insertAdjacentHTML('afterbegin', `<a data-check-target href='#${{id}}'>Là</a>`)"
    editor.evaluate(link, field)
    editor.get_by_role("link", name="Là", exact=True).click()
    editor.wait_for_function("(id) => document.activeElement.id === id", arg=field)
    assert editor.locator(f"select[name={field}]").is_visible()
