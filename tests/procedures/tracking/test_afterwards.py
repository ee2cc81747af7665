"""What residents can still do once they have their answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from procedures.inbox.models import SurveyRefusal
from procedures.inbox.services.decision import accept, refuse
from procedures.inbox.services.purging import purge_answers
from tests.factories.filing import a_pdf
from tests.factories.procedures import make_department, make_procedure

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_21_november(time_machine):
    time_machine.move_to(NOW, tick=False)


def test_closed_request_is_opened_again_once_by_whoever_clicks_twice(resident, filed, agent, link):
    accept(filed, agent=agent)
    html = resident.get("/en" + link).content.decode()
    assert "Until 21\u00a0December 2026" in html
    form = {"key": uuid4(), "text": "Je n’ai rien reçu", "documents": a_pdf("preuve.pdf")}
    for _click in range(2):
        form["documents"].seek(0)
        assert resident.post(f"/en{link}rouvrir/", form).status_code == 302
    filed.refresh_from_db()
    assert filed.status == "in_progress"
    assert filed.messages.filter(text="Je n’ai rien reçu").count() == 1
    assert filed.events.filter(kind="reopened").count() == 1
    html = resident.get("/en" + link).content.decode()
    assert "Reopened" in html
    assert "preuve.pdf" in html
    assert "rouvrir" not in html


def test_reopening_wants_a_reason(resident, filed, agent, link):
    accept(filed, agent=agent)
    response = resident.post(f"/en{link}rouvrir/", {"key": uuid4(), "text": " "})
    assert response.status_code == 400
    assert "Write what is not settled" in response.content.decode()


def test_after_thirty_days_the_page_says_what_else_one_can_do(resident, filed, agent, link, time_machine):
    refuse(filed, agent=agent, reason="Trop tard")
    time_machine.move_to(NOW + timedelta(days=31), tick=False)
    html = resident.get("/en" + link).content.decode()
    assert "is over. You can still write" in html
    assert "Contest the refusal" in html
    assert 'name="step"' not in html
    response = resident.post(f"/en{link}rouvrir/", {"key": uuid4(), "text": "Et pourtant"})
    assert response.status_code == 400
    assert "is over" in response.content.decode()


def test_opinion_is_given_without_script_and_changed(resident, filed, agent, link):
    accept(filed, agent=agent)
    assert resident.post(f"/en{link}avis/", {"step": "4", "words": "Rapide"}).status_code == 302
    html = resident.get(f"/en{link}?avis=1").content.decode()
    assert "Your answer: <strong>Satisfied</strong>" in html
    assert "Thank you for your opinion" in html
    resident.post(f"/en{link}avis/", {"step": "1"})
    assert "<strong>Not at all satisfied</strong>" in resident.get("/en" + link).content.decode()


@pytest.mark.parametrize("step", ["", "6", "x", "0"])
def test_opinion_that_is_none_is_refused_in_words(resident, filed, agent, link, step):
    accept(filed, agent=agent)
    response = resident.post(f"/en{link}avis/", {"step": step})
    assert response.status_code == 400
    assert 'href="#rate_step_0"' in response.content.decode()


def test_nobody_judges_what_has_no_answer(resident, filed, link):
    assert 'name="step"' not in resident.get("/en" + link).content.decode()
    assert resident.post(f"/en{link}avis/", {"step": "4"}).status_code == 400


def test_link_alone_refuses_no_question_the_button_does(resident, filed, link):
    address = f"/en{link}avis/plus-jamais/"
    assert resident.get(address).status_code == 200
    assert not SurveyRefusal.objects.exists()
    resident.post(address)
    resident.post(address)
    assert SurveyRefusal.objects.count() == 1


@pytest.fixture
def mediators(db):
    department = make_department("Médiateur")
    make_procedure(slug="reclamation-mediateur", title="Saisir le médiateur", department=department)
    return department


def test_complaint_is_filed_from_the_page_and_has_its_own(resident, filed, agent, link, mediators):
    refuse(filed, agent=agent, reason="Trop tard")
    assert "neither elected nor an agent" in resident.get("/en" + link).content.decode()
    form = {"key": uuid4(), "wrong": "Le délai n’était pas écrit", "wanted": "Une place", "documents": a_pdf()}
    response = resident.post(f"/en{link}reclamation/", form)
    complaint = filed.links_to.get().source
    assert complaint.access_token in response.url
    page = resident.get(response.url).content.decode()
    for said in (complaint.number, filed.number, "Le délai n’était pas écrit", "interrupts the time limit", "acte.pdf"):
        assert said in page, said
    assert complaint.number in resident.get("/en" + link).content.decode()
    form["documents"].seek(0)
    assert resident.post(f"/en{link}reclamation/", form).url == response.url
    assert mediators.requests.count() == 1


def test_complaint_is_offered_once_the_service_is_late_and_not_before(resident, filed, link, mediators, time_machine):
    assert "reclamation/" not in resident.get("/en" + link).content.decode()
    time_machine.move_to(datetime(2026, 12, 1, tzinfo=UTC), tick=False)
    assert "Waiting for too long?" in resident.get("/en" + link).content.decode()


def test_page_of_deleted_data_says_so_and_takes_nothing_more(resident, filed, agent, link, time_machine):
    accept(filed, agent=agent, reason="Voici votre place")
    time_machine.move_to(NOW + timedelta(days=400), tick=False)
    purge_answers(filed)
    html = resident.get("/en" + link).content.decode()
    assert "The data of this request is deleted" in html
    assert "Accepted" in html
    for gone in ("Voici votre place", "Inès Lefèvre", 'name="text"', "demande.pdf", "Carnet de santé"):
        assert gone not in html, gone
    response = resident.post(f"/en{link}ecrire/", {"key": uuid4(), "text": "Et maintenant ?"})
    assert response.status_code == 400
    assert not filed.messages.filter(text__contains="maintenant").exists()
