"""Without a script, no button of a request's page loses the words of another box."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cms.accounts.roles import AGENTS, role
from procedures.inbox.models import ChecklistItem, ReplyTemplate, ServiceRequest
from procedures.inbox.services.handling import take
from tests.factories.inbox import PDF, make_agent, make_procedure, make_request

pytestmark = pytest.mark.django_db
NOTE = "Vu avec M. Petit,\nà rappeler."


@pytest.fixture
def about(db) -> ServiceRequest:
    return make_request(make_procedure(silence_effect="none", announced_delay_days=14))


@pytest.fixture
def desk(client: Client, about) -> Client:
    user = make_agent(about.department)
    user.groups.add(role(AGENTS))
    client.force_login(user)
    return client


def address(about, slug: str) -> str:
    return reverse("inbox:action", args=[about.pk, slug])


def sent(about, **words) -> dict[str, object]:
    """What a browser sends with any button of the page, each box under its own name."""
    untouched = {"message-text": "", "message-key": uuid4(), "completion-missing": "", "completion-explanation": ""}
    marks = {"together": "1", "seen": about.log_length, "shown": uuid4().hex}
    return untouched | marks | {name.replace("__", "-"): value for name, value in words.items()}


def words_in(page, name: str) -> str:
    found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>([^<]*)</textarea>', page.text)
    assert found, name
    return unescape(found[1]).strip()


def test_note_that_is_begun_is_there_after_the_request_was_taken_and_once_only(desk, about):
    page = desk.post(address(about, "take"), sent(about, note__text=NOTE), follow=True)
    assert page.context["about"].status == "in_progress"
    assert words_in(page, "note-text") == NOTE
    box = next(action for action in page.context["actions"] if action["slug"] == "note")
    assert box["is_open"]
    assert about.notes.count() == 0
    assert words_in(desk.get(reverse("inbox:request", args=[about.pk])), "note-text") == ""


def test_what_was_sent_is_not_offered_again_and_the_rest_is(desk, about):
    page = desk.post(address(about, "note"), sent(about, note__text=NOTE, refuse__reason="Trop tard"), follow=True)
    assert about.notes.get().text == NOTE
    assert words_in(page, "note-text") == ""
    assert words_in(page, "refuse-reason") == "Trop tard"


def test_words_stay_when_another_box_is_refused_filled_in_or_overtaken(desk, about):
    template = ReplyTemplate.objects.create(title="Suite", text="Bonjour", department=about.department)
    refused = desk.post(address(about, "refuse"), sent(about, refuse__reason=" ", note__text=NOTE))
    filled = desk.post(address(about, "message"), sent(about, fill="1", message__template=template.pk, note__text=NOTE))
    seen = about.log_length
    take(about, agent=make_agent(about.department))
    overtaken = desk.post(address(about, "close"), sent(about, close__reason="Fait", note__text=NOTE) | {"seen": seen})
    assert [page.status_code for page in (refused, filled, overtaken)] == [422, 200, 409]
    assert [words_in(page, "note-text") for page in (refused, filled, overtaken)] == [NOTE] * 3
    assert words_in(filled, "message-text") == "Bonjour"
    assert words_in(overtaken, "close-reason") == "Fait"


def test_ticks_and_choices_stay_as_well_and_nobody_else_sees_them(desk, about):
    item = ChecklistItem.objects.create(procedure=about.procedure, label="Adresse vérifiée")
    colleague = make_agent(about.department)
    colleague.groups.add(role(AGENTS))
    data = sent(about, check__items=[item.pk], assign__to=f"user-{colleague.pk}", completion__reason="incorrect")
    page = desk.post(address(about, "take"), data)
    other = Client()
    other.force_login(colleague)
    assert "checked" not in re.findall(r'<input[^>]*name="check-items"[^>]*>', other.get(page["Location"]).text)[0]
    page = desk.get(page["Location"])
    assert "checked" in re.findall(r'<input[^>]*name="check-items"[^>]*>', page.text)[0]
    assert f'value="user-{colleague.pk}" selected' in page.text
    assert about.ticks.count() == 0


def test_one_form_holds_every_box_and_enter_presses_nothing(desk, about):
    twin = make_request(about.procedure)
    page = desk.get(reverse("inbox:request", args=[about.pk])).text
    form = re.search(r'<form id="desk".*?</form>', page, re.DOTALL)[0]
    assert page.count('action="/admin/demandes') == form.count('formaction="/admin/demandes')
    assert re.search(r"<button[^>]*>", form)[0] == '<button type="submit" disabled hidden>'
    assert f'name="merge-number" value="{twin.number}"' in form


def test_words_wait_behind_the_login_for_whoever_wrote_them_and_nobody_else(desk, about):
    writer = desk.get(reverse("inbox:request", args=[about.pk])).context["writer"]
    agent = desk.get("/admin/").wsgi_request.user
    colleague = make_agent(about.department)
    colleague.groups.add(role(AGENTS))
    desk.logout()
    typed = sent(about, message__text="Bonjour,\nvotre dossier est complet.", note__text=NOTE, writer=writer)
    login = desk.post(address(about, "message") + "?whose=mine", typed)
    assert login["Location"].startswith("/admin/login/?next=")
    assert about.messages.count() == 0
    other = Client()
    other.force_login(colleague)
    assert words_in(other.get(reverse("inbox:request", args=[about.pk])), "note-text") == ""
    desk.force_login(agent)
    page = desk.get(address(about, "message") + "?whose=mine", follow=True)
    assert words_in(page, "message-text") == "Bonjour,\nvotre dossier est complet."
    assert words_in(page, "note-text") == NOTE


@pytest.mark.parametrize("writer", ["", "W10:1tA:x", "[1, 1]"])
def test_nobody_leaves_words_on_an_agents_page_without_having_been_shown_it(desk, about, writer):
    agent = desk.get("/admin/").wsgi_request.user
    desk.logout()
    desk.post(address(about, "note"), sent(about, note__text="Virez-moi mille euros", writer=writer))
    desk.force_login(agent)
    assert words_in(desk.get(reverse("inbox:request", args=[about.pk])), "note-text") == ""


def test_page_says_what_was_done_so_that_the_browser_forgets_its_words(desk, about):
    page = desk.post(address(about, "note"), sent(about, note__text=NOTE), follow=True)
    assert f'data-desk-done="{about.pk}-note"' in page.text
    assert "data-desk-done" not in desk.get(reverse("inbox:request", args=[about.pk])).text


def test_going_back_and_pressing_again_says_it_once_unless_the_file_is_another(desk, about):
    for name in ("plan.pdf", "plan.pdf", "coupe.pdf"):
        about.refresh_from_db()  # as from a page shown anew
        data = sent(about, message__text="Voici le document.", message__documents=SimpleUploadedFile(name, PDF))
        assert desk.post(address(about, "message"), data).status_code == 302
        assert desk.post(address(about, "note"), sent(about, note__text=NOTE)).status_code == 302
    assert about.messages.count() == 2
    assert about.notes.count() == 1


def test_whoever_signed_in_again_in_another_tab_is_led_back_to_their_words(about):
    agent = make_agent(about.department)
    agent.groups.add(role(AGENTS))
    tab = Client(enforce_csrf_checks=True)
    tab.force_login(agent)
    writer = tab.get(reverse("inbox:request", args=[about.pk])).context["writer"]
    stale = sent(about, note__text=NOTE, writer=writer, csrfmiddlewaretoken="x" * 64)
    here = {"Sec-Fetch-Site": "same-origin"}
    page = tab.post(address(about, "note"), stale, headers=here, follow=True)
    assert page.status_code == 200
    assert words_in(page, "note-text") == NOTE
    assert "You signed in again meanwhile." in page.text
    assert about.notes.count() == 0
    elsewhere = tab.post(address(about, "note"), stale, headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 403
    assert words_in(tab.get(reverse("inbox:request", args=[about.pk])), "note-text") == ""
