"""An agent who takes a request finds the person first, has their name filled in, and is told what was asked already."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from procedures.filing.models import Draft
from procedures.inbox.acquaintances import find_people, likely_the_same
from procedures.inbox.models import ServiceRequest
from procedures.inbox.querysets import city_today
from procedures.inbox.received import Requester
from procedures.inbox.services.decision import close
from tests.factories.filing import EXTRACT, PDF, WHO, Resident, typed
from tests.factories.inbox import make_agent, make_request
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db
ENTRY = "/admin/saisir-une-demande/"
NADIA = Requester("Nadia Martin", "nadia@example.org", "06 12 34 56 78")


@pytest.fixture
def agent(procedure):
    user = make_agent(procedure.department)
    for codename in ("access_admin", "change_servicerequest", "view_servicerequest"):
        user.user_permissions.add(Permission.objects.get(codename=codename))
    return user


@pytest.fixture
def desk(resident, agent) -> Resident:
    resident.client.force_login(agent)
    resident.client.handler.enforce_csrf_checks = False
    return resident


@pytest.fixture
def earlier(procedure) -> ServiceRequest:
    return make_request(procedure, requester=NADIA, answers=())


def begin(desk: Resident, **more):
    data = {"procedure": desk.procedure.pk, "channel": "phone", "language": "fr", "received_on": "", **more}
    return desk.client.post(ENTRY, data)


@pytest.mark.parametrize(
    "words", ["martin", "Nadia MARTIN", "06.12.34.56.78", "+33 6 12 34 56 78", "nadia@example.org"]
)
def test_a_person_is_found_by_name_phone_or_address_with_what_they_asked(desk, earlier, words):
    page = desk.client.get(ENTRY, {"q": words})
    assert [person.latest for person in page.context["people"]] == [earlier]
    assert earlier.number in page.text
    assert page.context["people"][0].is_exact == ("rtin" not in words.lower())


def test_the_person_chosen_is_asked_in_their_language(desk, procedure):
    person = make_request(procedure, requester=NADIA, language="ar")
    page = desk.client.get(ENTRY, {"q": "martin", "person": person.pk})
    assert page.context["form"].initial == {"language": "ar"}
    assert "A request for Nadia Martin" in page.text


def test_other_departments_people_are_not_known(desk):
    make_request(make_procedure(), requester=NADIA)
    assert desk.client.get(ENTRY, {"q": "nadia@example.org"}).context["people"] == []


def test_requests_are_grouped_by_person_and_exact_matches_come_first(procedure, agent, earlier):
    make_request(procedure, requester=Requester("N. Martin", "NADIA@example.org", ""), channel="phone")
    make_request(procedure, requester=Requester("Nadine Martin", "", "0699999999"))
    for _ in range(2):
        make_request(procedure, requester=Requester("Paul Martin", "", ""))
    visible = ServiceRequest.objects.visible_to(agent)
    assert sorted(len(person.requests) for person in find_people("martin", visible)) == [1, 2, 2]
    first = find_people("0612345678", visible)
    assert [(one.is_exact, one.email, one.open_count) for one in first] == [(True, "nadia@example.org", 1)]
    assert find_people("ma", visible) == []


def test_what_is_known_of_the_person_is_filled_in_and_may_be_changed(desk, earlier):
    assert begin(desk, person=earlier.pk).headers["Location"] == desk.url("1")
    page = desk.get("1").text
    assert 'value="nadia@example.org"' in page
    assert "From an earlier request of this person." in page
    desk.post("1", WHO | typed(email="autre@example.org"))
    desk.post("2", EXTRACT)
    desk.send()
    assert ServiceRequest.objects.latest("pk").requester_email == "autre@example.org"


def test_a_person_of_another_department_is_filled_in_for_nobody(desk):
    begin(desk, person=make_request(make_procedure(), requester=NADIA).pk)
    assert "nadia@example.org" not in desk.get("1").text


def test_a_letter_keeps_its_day_and_its_scan_and_the_delays_count_from_that_day(desk):
    day = city_today() - timedelta(days=4)
    scan = SimpleUploadedFile("courrier.pdf", PDF)
    assert begin(desk, channel="post", received_on=day.isoformat(), scans=scan).status_code == 302
    desk.post("1", WHO)
    desk.post("2", EXTRACT)
    desk.send()
    request = ServiceRequest.objects.get()
    assert (request.received_on, request.channel) == (day, "post")
    assert request.due_on < city_today() + timedelta(days=60)
    assert request.attachments.get().original_name == "courrier.pdf"
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("channel", "days"), [("post", 1), ("post", -400), ("phone", -1)], ids=["to come", "long ago", "by phone"]
)
def test_a_day_that_cannot_be_is_refused(desk, channel, days):
    response = begin(desk, channel=channel, received_on=(city_today() + timedelta(days=days)).isoformat())
    assert response.status_code == 200
    assert response.context["form"].errors["received_on"]
    assert not Draft.objects.exists()


def test_before_it_is_filed_the_agent_sees_what_may_be_the_same_and_the_resident_does_not(desk, earlier):
    begin(desk)
    desk.post("1", WHO)
    desk.post("2", EXTRACT)
    assert earlier.number in desk.get("verifier").text
    own = Resident(desk.procedure)
    own.answer_everything()
    assert earlier.number not in own.get("verifier").text


def test_it_can_become_a_note_of_the_earlier_request_instead(desk, earlier):
    begin(desk, channel="post", scans=SimpleUploadedFile("courrier.pdf", PDF))
    desk.post("1", WHO)
    address = reverse("join_request", args=[Draft.objects.get().key, earlier.pk])
    for _ in range(2):
        assert desk.client.post(address).status_code == 302
    note = earlier.notes.get()
    assert "Nom: Martin" in note.text
    assert earlier.attachments.get().original_name == "courrier.pdf"
    assert ServiceRequest.objects.count() == 1
    assert not Draft.objects.exists()


def test_the_letter_of_a_neighbour_is_not_shown_to_whoever_asked_first(desk, earlier):
    ServiceRequest.objects.filter(pk=earlier.pk).update(requester_name="Luc Petit", requester_email="luc@exemple.fr")
    ServiceRequest.objects.filter(pk=earlier.pk).update(requester_phone="")
    begin(desk, channel="post", scans=SimpleUploadedFile("courrier.pdf", PDF))
    desk.post("1", WHO)
    desk.client.post(reverse("join_request", args=[Draft.objects.get().key, earlier.pk]))
    assert earlier.attachments.get().original_name == "courrier.pdf"
    assert not earlier.attachments.of_the_resident().exists()
    assert not earlier.outbox.filter(kind="staff_stranger").exists()


def test_nothing_is_joined_to_another_departments_request(desk):
    begin(desk)
    other = make_request(make_procedure())
    assert desk.client.post(reverse("join_request", args=[Draft.objects.get().key, other.pk])).status_code == 404
    assert Draft.objects.exists()


def test_what_may_be_the_same_is_of_the_same_procedure_recent_or_near(procedure, agent, earlier):
    visible = ServiceRequest.objects.visible_to(agent)
    new = ServiceRequest(procedure=procedure, requester_name="nadia  MARTIN", received_at=timezone.now())
    assert likely_the_same(new, visible) == [earlier]
    close(earlier, agent=agent, reason="Sans objet.")
    assert likely_the_same(new, visible) == [earlier]
    assert likely_the_same(new, visible, now=timezone.now() + timedelta(days=31)) == []
    new.procedure = make_procedure(department=procedure.department)
    assert likely_the_same(new, visible) == []
    ServiceRequest.objects.filter(pk=earlier.pk).update(latitude=47.0, longitude=-0.5, closed_at=None)
    near = ServiceRequest(procedure=procedure, latitude=47.0003, longitude=-0.5, received_at=timezone.now())
    assert likely_the_same(near, visible) == [earlier]
    near.latitude = 47.0006
    assert likely_the_same(near, visible) == []


def test_the_page_of_a_request_shows_the_persons_others_of_ones_own_departments(desk, procedure, earlier):
    other = make_request(procedure, requester=NADIA)
    foreign = make_request(make_procedure(), requester=NADIA)
    page = desk.client.get(reverse("inbox:request", args=[earlier.pk]))
    assert page.context["others"] == [other]
    assert foreign.number not in page.text
