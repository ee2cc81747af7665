"""Where the focus goes and what is announced: what a screen reader makes its speech of."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.filling import go_on, press

START = "/remplir/accueil-loisirs/"


def test_a_refused_step_starts_at_its_errors_without_script(phone: Page) -> None:
    phone.goto(START)
    go_on(phone)
    expect(phone.locator("[data-error-summary]")).to_be_focused()


def test_a_row_that_is_added_or_removed_takes_the_focus_without_script(phone: Page) -> None:
    phone.goto(START)
    press(phone.locator("main form button[name^=add-]"))
    expect(phone.locator(".group__row").nth(1)).to_be_focused()
    press(phone.locator("main form button[name^=drop-]").last)
    expect(phone.locator("main form fieldset.group")).to_be_focused()


def test_an_error_leads_to_its_choice_with_its_question(page: Page) -> None:
    page.goto(START)
    go_on(page)
    page.locator("[data-error-summary] a").last.press("Enter")
    expect(page.locator("main form input[type=radio]").first).to_be_focused()
    legend = page.locator("fieldset:focus-within > legend").last
    assert ":" in legend.inner_text()  # « Erreur : »


def test_a_question_that_an_answer_brings_up_is_announced_once(page: Page) -> None:
    page.goto(START)
    said = page.locator("[data-appeared]")
    expect(said).to_have_text("")
    page.locator("main form input[type=radio][value=yes]").first.check()
    expect(said).to_contain_text("Ce que l’équipe doit savoir")


def test_the_secret_link_fits_a_narrow_screen(phone: Page) -> None:
    phone.goto(START)
    press(phone.locator("main form button[name=later]"))
    assert phone.locator(".breakable").bounding_box()["width"] < 320
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
