"""Fill in any procedure, as a resident would who has an answer to everything."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from playwright.sync_api import Locator, Page

Side = Literal["first", "last"]
"""Which of the choices is taken: with both sides, conditions show what they hide."""

EMAIL = "lea.martin@exemple.fr"
BY_TOKEN = {
    "email": EMAIL,
    "tel": "06 12 34 56 78",
    "bday": "14/07/1990",
    "given-name": "Léa",
    "family-name": "Martin",
    "name": "Léa Martin",
    "postal-code": "49000",
}
BY_WORDS = {
    "IBAN": "FR14 2004 1010 0505 0001 3M02 606",
    "Combien": "2",
    **dict.fromkeys(("Coordonnées", "Coordinates", "الإحداثيات"), "47.4183, -0.2864"),
}
"""For what only the question tells."""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
PDF += b"trailer<</Root 1 0 R>>\n%%EOF\n"
LONGEST_JOURNEY = 12


def text_for(control: Locator, days_ahead: int) -> str:
    """Choose what to type, by what the field tells browsers of itself."""
    token = control.get_attribute("autocomplete") or ""
    if control.get_attribute("type") == "email":
        return EMAIL
    if control.get_attribute("type") == "tel":
        return BY_TOKEN["tel"]
    if token in BY_TOKEN:
        return BY_TOKEN[token]
    words = control.evaluate("one => one.labels?.[0]?.innerText ?? ''")
    for said, answer in BY_WORDS.items():
        if said in words:
            return answer
    if control.get_attribute("inputmode") == "numeric":
        return (date.today() + timedelta(days=days_ahead)).strftime("%d/%m/%Y")
    return "Rue des Lilas, devant le numéro 12"


def fill_step(page: Page, side: Side = "first", days_ahead: int = -400) -> None:
    """Answer every question of the step that is open."""
    form = page.locator("main form.form")
    chosen: set[str] = set()
    for control in form.locator("input, select, textarea").all():
        kind, name = control.get_attribute("type") or "text", control.get_attribute("name") or ""
        is_hidden = control.evaluate("one => one.closest('[hidden]') !== null")  # until another answer brings it up
        if kind in {"hidden", "submit"} or name in chosen or is_hidden:
            continue
        chosen.add(name)
        group = form.locator(f'[name="{name}"]')
        if kind in {"radio", "checkbox"}:
            (group.first if side == "first" else group.last).check()
        elif kind == "file":
            control.set_input_files({"name": "justificatif.pdf", "mimeType": "application/pdf", "buffer": PDF})
        elif control.evaluate("one => one.tagName") == "SELECT":
            options = control.locator("option:not([value=''])")
            place = 0 if side == "first" else options.count() - 1
            control.select_option(options.nth(place).get_attribute("value"))
        else:
            control.fill(text_for(control, days_ahead))


def press(button: Locator) -> None:
    """Press a button or follow a link, and wait for the page that comes."""
    with button.page.expect_navigation():
        button.click()


def go_on(page: Page) -> None:
    """Press the button that leads to the next step."""
    press(page.locator("main form.form .actions button:not([name], [type=button])"))


def is_summary(page: Page) -> bool:
    """Tell whether everything is read once more here."""
    return page.url.rstrip("/").endswith("/verifier")


def walk(page: Page, start: str, look: Callable[[Page], None], side: Side = "first") -> None:
    """Go from the start of a procedure to its summary; ``look`` sees every step before it is filled in."""
    page.goto(start)
    for _ in range(LONGEST_JOURNEY):
        look(page)
        if is_summary(page):
            return
        before = page.url
        for days_ahead in (-400, -400, 45):  # an answer may bring up a question; a day may have to lie ahead
            fill_step(page, side, days_ahead)
            go_on(page)
            if page.url != before:
                break
        assert page.url != before, f"{before} does not go on: {page.inner_text('main')}"
    raise AssertionError(f"{start}: no summary after {LONGEST_JOURNEY} steps")


def send(page: Page) -> str:
    """Tick the declaration, send, and return the tracking number of the receipt."""
    page.locator("main form.form input[type=checkbox]").check()
    go_on(page)
    found = re.search(r"[A-Z]{2,5}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}", page.inner_text("main"))
    assert found, page.inner_text("main")
    return found.group()
