"""A resident files a request and follows it, whatever the means at hand."""

import re
from datetime import date

from tests.browser.filling import BY_TOKEN, EMAIL, LONGEST_JOURNEY, fill_step, go_on, is_summary, press, send, walk

BIRTH = "/remplir/acte-de-naissance/"
CONTACT = "/remplir/contacter-un-service/"


def follow(page, number, email):
    """Ask for a request by its number and e-mail; return what the page says."""
    page.goto("/suivi/")
    page.locator("main form input[name=number]").fill(number)
    page.locator("main form input[name=email]").fill(email)
    press(page.locator("main form button"))
    return page.inner_text("main")


def test_on_a_small_phone_without_script_a_request_is_filed_and_followed(city, phone):
    walk(phone, BIRTH, lambda page: None)
    number = send(phone)
    receipt = city.wait_for_mail(number)
    assert EMAIL in receipt.to
    assert number in follow(phone, number, EMAIL)


def test_the_secret_link_of_the_receipt_opens_the_request(city, phone):
    walk(phone, CONTACT, lambda page: None)
    number = send(phone)
    link = re.search(r"http://\S+/suivi/\S+", city.wait_for_mail(number).text)
    assert link
    phone.goto(link.group())
    assert number in phone.inner_text("main")


def test_a_wrong_pair_is_answered_the_same_whether_the_number_exists_or_not(phone):
    walk(phone, CONTACT, lambda page: None)
    number = send(phone)
    wrong_email = follow(phone, number, "somebody@exemple.fr")
    unknown = follow(phone, "VAL-0000-0000-000", "somebody@exemple.fr")
    assert number not in wrong_email
    assert wrong_email == unknown


def test_a_draft_is_found_again_where_it_was_left(phone):
    phone.goto(BIRTH)
    fill_step(phone)
    go_on(phone)
    second = phone.url
    phone.goto(BIRTH)
    press(phone.locator("main a[href*='/remplir/']").first)
    assert phone.url == second


def test_a_file_is_kept_when_another_answer_is_wrong(phone):
    phone.goto("/remplir/signaler-un-probleme/")
    for _ in range(LONGEST_JOURNEY):
        if phone.locator("input[type=file]").count():
            break
        fill_step(phone)
        go_on(phone)
    others = phone.locator("main form.form").locator("input[type=text], textarea, input[type=email]")
    fill_step(phone)
    if others.count():
        others.first.fill("")
    go_on(phone)
    if not phone.locator(".errors").count():
        phone.go_back()
    assert "justificatif.pdf" in phone.inner_text("main")


def type_in_focused(page):
    """Answer the field that has the focus, with keys alone; tell whether it was the button that goes on."""
    focused = page.evaluate(
        """() => { const one = document.activeElement; return {
            tag: one.tagName, type: one.type || '', name: one.name || '', form: Boolean(one.closest('main form.form')),
            checked: Boolean(one.checked), token: one.autocomplete || '', numeric: one.inputMode === 'numeric'} }"""
    )
    if not focused["form"]:
        return False
    if focused["tag"] == "BUTTON":
        return focused["name"] == ""
    if focused["type"] in {"radio", "checkbox"}:
        if not focused["checked"]:
            page.keyboard.press("Space")
    elif focused["tag"] == "SELECT":
        page.keyboard.press("ArrowDown")
    elif focused["type"] == "email":
        page.keyboard.type(EMAIL)
    elif focused["type"] != "file":
        today = date.today().strftime("%d/%m/%Y")
        page.keyboard.type(BY_TOKEN.get(focused["token"], today if focused["numeric"] else "Rue des Lilas"))
    return False


def test_a_request_is_filed_with_the_keyboard_alone(page):
    page.goto(CONTACT)
    for _ in range(LONGEST_JOURNEY):
        before, was_summary = page.url, is_summary(page)
        for _ in range(80):
            page.keyboard.press("Tab")
            if type_in_focused(page):
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url != before, page.inner_text("main")
        if was_summary:
            break
    assert re.search(r"VAL-\w{4}-\w{4}-\w{3}", page.inner_text("main"))


def test_the_first_tab_leads_to_the_content(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_request_is_filed_in_arabic_from_right_to_left(city, phone, staff):
    walk(phone, f"/ar{CONTACT}", lambda page: None)
    assert phone.locator("html").get_attribute("dir") == "rtl"
    number = send(phone)
    assert phone.locator("html").get_attribute("lang") == "ar"
    assert city.wait_for_mail(number)
    agent = staff("admin")
    agent.goto(f"/admin/demandes/?q={number}")
    press(agent.get_by_role("link", name=re.compile(number)).first)
    labels = agent.inner_text("main")
    assert "message" in labels.lower()
