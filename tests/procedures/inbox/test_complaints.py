"""Complaints: requests of their own, tied to what they are about, which the mediator may read and nobody else gains."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.translation import override

from cms.accounts.roles import AGENTS, role
from procedures.inbox.desk.complaints import complaint_box
from procedures.inbox.errors import AlreadyComplained, NotPossibleNow
from procedures.inbox.letters import write_letter
from procedures.inbox.models import DeskSettings, Reading, RequestLink, ServiceRequest
from procedures.inbox.received import Requester
from procedures.inbox.services.complaints import file_complaint
from procedures.inbox.services.decision import refuse
from procedures.inbox.services.filing import attach
from procedures.inbox.services.handling import forward
from tests.factories.inbox import RECEIVED_AT, make_agent, make_answer, make_request, neighbours_of, received_file
from tests.factories.procedures import make_department, make_procedure

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_month_later(time_machine):
    time_machine.move_to(RECEIVED_AT + timedelta(days=40), tick=False)


@pytest.fixture
def mediators(db):
    """The mediator's department and the procedure that leads to it."""
    department = make_department("Médiateur")
    DeskSettings.objects.create(department=department, is_mediator=True)
    make_procedure(slug="reclamation-mediateur", title="Saisir le médiateur", department=department)
    return department


@pytest.fixture
def mediator(mediators):
    return make_agent(mediators)


@pytest.fixture
def refused(request_, agent):
    refuse(request_, agent=agent, reason="Trop tard", at=RECEIVED_AT + timedelta(days=1))
    return request_


@pytest.fixture
def complaint(refused, mediators):
    return file_complaint(refused, wrong="On ne m’a pas lu", wanted="Une réponse", key=uuid4())


def readable(user):
    return set(ServiceRequest.objects.readable_by(user))


def visible(user):
    return set(ServiceRequest.objects.visible_to(user))


def test_complaint_has_its_own_number_receipt_and_desk(complaint, refused, mediators):
    assert complaint.department == mediators
    assert complaint.tracking_number != refused.tracking_number
    with override("en"):
        receipt = write_letter({"kind": "receipt", "request_id": complaint.pk, "department_id": mediators.pk}).text
    assert "L1112-24" in receipt
    assert "interrupts the time limit" in receipt
    assert refused.events.get(kind="complained").data == {"complaint_id": complaint.pk, "number": complaint.number}
    assert [answer["shown"] for answer in complaint.answers][:3] == [refused.number, "On ne m’a pas lu", "Une réponse"]


def test_same_form_sent_twice_makes_one_complaint(refused, mediators):
    key = uuid4()
    first, second = (file_complaint(refused, wrong="Non", wanted="", key=key) for _click in range(2))
    assert first == second
    assert refused.events.filter(kind="complained").count() == 1


def test_one_complaint_at_a_time_and_not_before_the_service_had_its_chance(complaint, refused, request_):
    with pytest.raises(AlreadyComplained):
        file_complaint(refused, wrong="Encore", wanted="", key=uuid4())
    fresh = make_request(refused.procedure, received_at=timezone.now())
    with pytest.raises(NotPossibleNow):
        file_complaint(fresh, wrong="Trop lent", wanted="", key=uuid4())


@pytest.mark.parametrize(
    ("who", "is_tied"),
    [
        (Requester("Camille Lefèvre"), True),
        (Requester("C. L.", "CAMILLE@exemple.fr"), True),
        (Requester("C. L.", "", "+33 6 12 34 56 78"), True),
        (Requester("Un curieux", "curieux@exemple.fr", "06 00 00 00 00"), False),
    ],
)
def test_number_typed_in_the_procedure_ties_it_to_the_same_person_only(refused, mediators, mediator, who, is_tied):
    procedure = mediators.procedures.get()
    answer = make_answer("Numéro de suivi", refused.number.lower())
    complaint = make_request(procedure, requester=who, answers=(answer,), received_at=timezone.now())
    assert RequestLink.objects.filter(source=complaint, target=refused).exists() is is_tied
    assert (refused in readable(mediator)) is is_tied


def test_stranger_who_knows_name_and_number_neither_hinders_nor_shows(refused, mediators, mediator, client):
    answer = make_answer("Numéro de suivi", refused.number)
    namesake = Requester("Camille Lefèvre", "quelqu-un@exemple.fr")
    theirs = make_request(mediators.procedures.get(), requester=namesake, answers=(answer,), received_at=timezone.now())
    assert not refused.events.get(kind="complained").visible_to_resident
    page = client.get(f"/suivi/{refused.access_token}/").content.decode()
    assert theirs.number not in page
    assert "reclamation/" in page
    own = file_complaint(refused, wrong="Non", wanted="", key=uuid4())
    assert own.pk != theirs.pk
    assert complaint_box(neighbours_of(theirs, mediator))["by_number"]
    assert not complaint_box(neighbours_of(own, mediator))["by_number"]
    client.force_login(with_rights(mediator))
    assert "nothing proves" in client.get(f"/admin/demandes/{theirs.pk}/", headers={"Accept-Language": "en"}).text


def test_complaint_by_number_under_the_same_address_is_shown_and_hinders_no_other(refused, mediators, client):
    answer = make_answer("Numéro de suivi", refused.number)
    same = Requester("C. L.", "CAMILLE@exemple.fr")
    named = make_request(mediators.procedures.get(), requester=same, answers=(answer,), received_at=timezone.now())
    page = client.get(f"/suivi/{refused.access_token}/").content.decode()
    assert named.number in page
    assert "reclamation/" in page


def test_mediator_reads_what_the_complaint_is_about_and_nothing_else(complaint, refused, mediator, request_):
    other = make_request(refused.procedure)
    assert visible(mediator) == {complaint}
    assert readable(mediator) == {complaint, refused}
    assert other not in readable(mediator)


def test_complaint_opens_nothing_to_anybody_else(complaint, refused, agent, stranger, mediator):
    assert readable(agent) == visible(agent) == {refused}
    assert readable(stranger) == set()
    forward(complaint, department=make_department("Archives"), reason="Pas pour moi", agent=mediator)
    assert readable(mediator) == set()
    assert complaint_box(neighbours_of(complaint, make_agent(complaint.department))) == {
        "is_complaint": True,
        "subject": refused,
        "opens": False,
        "by_number": False,
    }


def test_desk_of_the_mediator_shows_it_read_only_and_notes_it(client, complaint, mediator, stranger, settings):
    refused = ServiceRequest.objects.get(links_to__source=complaint)
    attach(refused, (received_file("preuve.pdf"),), timezone.now())
    client.force_login(with_rights(mediator))
    page = client.get(f"/admin/demandes/{refused.pk}/")
    html = page.content.decode()
    assert page.status_code == 200
    assert f"/admin/demandes/{refused.pk}/refuse/" not in html
    assert client.get(f"/admin/demandes/{refused.pk}/files/{refused.attachments.get().key}/").status_code == 200
    assert {row.way for row in Reading.objects.filter(request=refused, user=mediator)} == {Reading.Way.MEDIATOR}
    assert client.post(f"/admin/demandes/{refused.pk}/note/", {"text": "Ici"}).status_code == 404
    assert refused.number in client.get(f"/admin/demandes/{complaint.pk}/").content.decode()
    client.force_login(with_rights(stranger))
    assert client.get(f"/admin/demandes/{refused.pk}/").status_code == 404
    assert client.get(f"/admin/demandes/{refused.pk}/files/{refused.attachments.get().key}/").status_code == 404


def with_rights(user):
    user.groups.add(role(AGENTS))
    return user
