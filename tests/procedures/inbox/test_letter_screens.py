"""The pile of letters, and writing one at the desk."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from cms.accounts.roles import AGENTS, role
from procedures.inbox.models import Letter, ReplyTemplate
from procedures.inbox.received import Requester
from tests.factories.inbox import make_agent, make_request
from tests.factories.procedures import make_department, make_procedure
from tests.pdf_reading import Reading, needs_pango

pytestmark = pytest.mark.django_db


@pytest.fixture
def about():
    department = make_department()
    clerk = make_agent(department, capacity="Officière d’état civil")
    clerk.groups.add(role(AGENTS))
    procedure = make_procedure(department=department, silence_effect="refusal")
    return make_request(procedure, requester=Requester("Camille Lefèvre"), entered_by=clerk, channel="counter")


@pytest.fixture
def desk(about) -> Client:
    client = Client()
    client.force_login(about.entered_by)
    return client


@pytest.fixture
def stranger() -> Client:
    user = make_agent(make_department("Voirie"))
    user.groups.add(role(AGENTS))
    client = Client()
    client.force_login(user)
    return client


def test_pile_shows_what_waits_until_it_is_marked(about, desk, stranger):
    letter = about.letters.get()
    assert about.number in desk.get("/admin/demandes/courriers/").content.decode()
    assert about.number not in stranger.get("/admin/demandes/courriers/").content.decode()
    stranger.post("/admin/demandes/courriers/", {"letter": [letter.pk, "x", "9" * 40]})
    assert Letter.objects.get().printed_at is None
    desk.post("/admin/demandes/courriers/", {"letter": letter.pk})
    assert Letter.objects.get().printed_at
    assert about.number not in desk.get("/admin/demandes/courriers/").content.decode()


def test_acknowledgement_is_late_after_ten_working_days(desk):
    # Received on Saturday 14 November: the tenth working day is Friday 27.
    for day, is_late in ((27, False), (28, True)):
        with time_machine.travel(datetime(2026, 11, day, 9, tzinfo=UTC), tick=False):
            assert ("inbox-overdue" in desk.get("/admin/demandes/courriers/").content.decode()) is is_late


@needs_pango
def test_letters_come_as_one_document_and_one_by_one(about, desk, stranger):
    letter, at = about.letters.get(), f"/admin/demandes/{about.pk}/courriers"
    for address in ("/admin/demandes/courriers.pdf", f"{at}/{letter.pk}.pdf"):
        read = Reading(b"".join(desk.get(address).streaming_content))
        assert about.number in read.all_text
    assert stranger.get("/admin/demandes/courriers.pdf", {"letter": letter.pk}).status_code == 302
    assert stranger.get(f"{at}/{letter.pk}.pdf").status_code == 404


@needs_pango
def test_agent_looks_at_a_letter_before_it_is_signed(about, desk):
    at, letter = f"/admin/demandes/{about.pk}/courrier/", {"subject": "Votre dossier", "text": "Venez lundi."}
    read = Reading(b"".join(desk.post(at, letter | {"preview": "1"}).streaming_content))
    assert "Venez lundi." in read.all_text
    assert about.letters.count() == 1
    assert [desk.post(at, letter).status_code for _click in range(2)] == [302, 302]
    assert about.letters.count() == 2
    assert about.letters.last().capacity == "Officière d’état civil"
    assert "Votre dossier" in desk.get(f"/admin/demandes/{about.pk}/").content.decode()


def test_reply_template_fills_the_letter(about, desk):
    template = ReplyTemplate.objects.create(title="Rendez-vous", text="{{ name }}, venez lundi.")
    at, typed = f"/admin/demandes/{about.pk}/courrier/", {"subject": "", "text": "Bonjour.", "fill": "1"}
    text = desk.post(at, typed | {"template": template.pk}).content.decode()
    assert 'value="Rendez-vous"' in text
    assert "Bonjour.\n\nCamille Lefèvre, venez lundi." in text


def test_empty_letter_comes_back_with_what_was_typed(about, desk):
    answer = desk.post(f"/admin/demandes/{about.pk}/courrier/", {"subject": "Votre dossier", "text": ""})
    assert answer.status_code == 422
    assert 'value="Votre dossier"' in answer.content.decode()
