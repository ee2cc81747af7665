"""Files sent as soon as they are chosen, by a browser with JavaScript."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.filling import LONGEST_JOURNEY, fill_step, go_on, is_summary, text_for

REPORT = "/remplir/signaler-un-probleme/"
PIECE = re.compile(r"/envois/[0-9a-f-]+/$")
# A picture that takes several pieces: what follows the end of a PNG is of no importance.
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
PNG += b"\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\5\0\1\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82"
LARGE = PNG + b"\0" * 1_400_000


def picture(name: str = "photo.png", content: bytes = PNG) -> dict[str, object]:
    return {"name": name, "mimeType": "image/png", "buffer": content}


@pytest.fixture
def form(page: Page) -> Page:
    """On the step of the report that takes pictures."""
    page.goto(REPORT)
    for _ in range(LONGEST_JOURNEY):
        if page.locator("input[type=file]").count():
            return page
        fill_step(page)
        go_on(page)
    raise AssertionError("no question takes files")


def rows(page: Page):
    return page.locator("ul.files > li")


def said(page: Page):
    return page.locator("[data-upload-said]")


def choose(page: Page, *files: dict[str, object]) -> None:
    page.locator("input[type=file]").first.set_input_files(list(files))


def test_a_chosen_file_is_sent_at_once_and_is_there_after_a_reload(form):
    choose(form, picture())
    expect(said(form)).to_contain_text("photo.png")
    expect(rows(form).locator("progress")).to_be_hidden()
    assert form.locator("input[type=file]").first.evaluate("one => one.files.length") == 0
    form.reload()
    expect(rows(form)).to_have_count(1)
    expect(rows(form)).to_contain_text("photo.png")


def test_several_files_are_sent_and_the_step_goes_on_with_them(form):
    choose(form, picture("un.png"), picture("deux.png"))
    expect(rows(form).locator("progress:visible")).to_have_count(0)
    fill_others(form)
    go_on(form)
    for _ in range(LONGEST_JOURNEY):
        if is_summary(form):
            break
        fill_step(form)
        go_on(form)
    summary = form.inner_text("main")
    assert "un.png" in summary
    assert "deux.png" in summary


def fill_others(page: Page) -> None:
    """Fill in the step but for its files."""
    page.evaluate("for (const one of document.querySelectorAll('input[type=file]')) one.disabled = true")
    for control in page.locator("main form.form input[type=text]:visible, main form.form textarea:visible").all():
        control.fill(text_for(control, 0))
    page.evaluate("for (const one of document.querySelectorAll('input[type=file]')) one.disabled = false")


def test_a_file_cut_on_its_way_goes_on_where_it_stopped(form):
    offsets: list[str] = []

    def cut_the_second(route: Route) -> None:
        if route.request.method == "PATCH":
            offsets.append(route.request.headers["upload-offset"])
            if len(offsets) == 2:
                route.abort("connectionreset")
                return
        route.continue_()

    form.route(PIECE, cut_the_second)
    choose(form, picture("grande.png", LARGE))
    expect(rows(form).locator("progress")).to_be_hidden(timeout=30_000)
    assert offsets[0] == "0"
    assert offsets[1] == offsets[2] != "0"  # the same place again, not the beginning
    form.reload()
    expect(rows(form)).to_have_count(1)


def test_after_a_reload_the_same_file_chosen_again_goes_on(form, tmp_path):
    file = tmp_path / "grande.png"
    file.write_bytes(LARGE)
    offsets: list[str] = []

    def stop_after_the_first(route: Route) -> None:
        if route.request.method == "PATCH":
            offsets.append(route.request.headers["upload-offset"])
            if len(offsets) == 2:
                route.abort("connectionreset")
                return
        route.continue_()

    form.route(PIECE, stop_after_the_first)
    form.locator("input[type=file]").first.set_input_files(file)
    expect(said(form)).to_contain_text(re.compile("coupée|cut"))
    form.reload()
    expect(rows(form)).to_contain_text(re.compile(r"3\d\s?%"))
    form.locator("input[type=file]").first.set_input_files(file)
    expect(rows(form).locator("progress")).to_be_hidden(timeout=30_000)
    expect(rows(form)).to_have_count(1)
    assert offsets[2] == offsets[1]


def test_a_refused_file_says_why_beside_it_and_is_dismissed_with_the_keyboard(form):
    choose(form, {"name": "virus.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\0\1"}, picture())
    problem = rows(form).first.locator("[data-problem]")
    expect(problem).to_contain_text("virus.exe")
    expect(rows(form).nth(1).locator("progress")).to_be_hidden()  # the other one is sent all the same
    rows(form).first.locator("[data-remove]").focus()
    form.keyboard.press("Enter")
    expect(rows(form)).to_have_count(1)
    assert form.evaluate("document.activeElement.type") == "file"


def test_a_file_is_removed_with_the_keyboard_after_a_reload_too(form):
    choose(form, picture())
    expect(rows(form).locator("progress")).to_be_hidden()
    form.reload()
    rows(form).locator("button").focus()
    form.keyboard.press("Enter")
    expect(rows(form)).to_have_count(0)
    form.reload()
    expect(rows(form)).to_have_count(0)


def test_a_file_too_large_is_told_without_sending_it(form):
    sent: list[str] = []
    form.on("request", lambda request: sent.append(request.method))
    limit = int(form.locator("input[type=file]").first.get_attribute("data-max-bytes"))
    choose(form, picture("enorme.png", PNG + b"\0" * limit))
    expect(rows(form).locator("[data-problem]")).to_contain_text("enorme.png")
    assert sent == []


def test_going_on_waits_for_the_files_that_are_still_on_their_way(form):
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route) if route.request.method == "PATCH" and not held else route.continue_()

    form.route(PIECE, hold)
    choose(form, picture())
    expect(rows(form).locator("progress")).to_be_visible()
    fill_others(form)
    before = form.url
    form.locator("main form.form .actions button:not([name], [type=button])").click()
    expect(said(form)).to_contain_text(re.compile("files|fichiers", re.IGNORECASE))
    assert form.url == before
    with form.expect_navigation():
        held[0].continue_()
    form.goto(before)
    expect(rows(form)).to_have_count(1)


def test_dropped_files_are_sent_like_chosen_ones(form):
    form.evaluate(
        """bytes => {
            const dropped = new DataTransfer();
            dropped.items.add(new File([new Uint8Array(bytes)], "posee.png", { type: "image/png" }));
            const field = document.querySelector("input[type=file]").closest(".field");
            field.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: dropped }));
        }""",
        list(PNG),
    )
    expect(rows(form)).to_contain_text("posee.png")
    expect(rows(form).locator("progress")).to_be_hidden()


def test_without_script_the_form_sends_the_files_itself(phone):
    phone.goto(REPORT)
    for _ in range(LONGEST_JOURNEY):
        if phone.locator("input[type=file]").count():
            break
        fill_step(phone)
        go_on(phone)
    assert phone.locator("template[data-upload-row]").count() == 1
    phone.locator("input[type=file]").first.set_input_files(picture("sans.png"))
    go_on(phone)
    phone.go_back()
    phone.reload()
    assert "sans.png" in phone.inner_text("main")
