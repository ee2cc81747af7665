"""A filed request goes where its answers say, and says what is to be paid."""

from __future__ import annotations

import pytest
from django.test import Client

from cms.accounts.models import User
from directory.models import Department
from procedures.inbox.letters import write_letter
from procedures.inbox.models import OutboxMessage, ServiceRequest
from tests.factories.filing import Resident
from tests.factories.inbox import make_agent
from tests.factories.procedures import block_id, fee, make_department, make_procedure, question, route, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def north() -> Department:
    return make_department("Mairie annexe Nord", phone="02 00 00 00 77")


@pytest.fixture
def agent(north: Department) -> User:
    return make_agent(north)


@pytest.fixture
def resident(north: Department, agent: User) -> Resident:
    nord = ("quartier", "is", "id:Nord")
    procedure = make_procedure(
        step(
            "Vous",
            question("email", "Adresse électronique", id="email"),
            question("one_choice", "Quartier", id="quartier", choices=["Nord", "Sud"]),
        ),
        routes=[route(nord, department=north, agent=agent, announced_delay_days=3)],
        fees=[fee("Dossier", "10"), fee("Déplacement", "2.50", nord)],
    )
    return Resident(procedure)


@pytest.fixture
def admin_user() -> User:
    return User.objects.create_superuser("admin@valmarie.example", "p")


def file_from(resident: Resident, district: str) -> ServiceRequest:
    resident.post("1", {block_id("email"): "nadia@example.org", block_id("quartier"): block_id(district)})
    resident.send()
    return ServiceRequest.objects.get()


def test_the_answers_choose_department_agent_and_promise(resident, north, agent):
    request = file_from(resident, "Nord")
    assert (request.department, request.agent, request.announced_delay_days) == (north, agent, 3)
    assert (request.announced_on - request.received_on).days == 3
    assert ServiceRequest.objects.visible_to(agent).get() == request
    assert [event.kind for event in request.events.all()] == ["filed", "assigned"]


def test_other_answers_stay_with_the_procedure(resident):
    request = file_from(resident, "Sud")
    assert (request.department_id, request.agent) == (resident.procedure.department_id, None)


def test_an_agent_who_has_left_the_department_is_given_nothing(resident, north, agent):
    agent.memberships.all().delete()
    request = file_from(resident, "Nord")
    assert (request.department, request.agent) == (north, None)


def test_the_summary_says_what_is_to_be_paid_before_sending(resident):
    resident.post("1", {block_id("email"): "nadia@example.org", block_id("quartier"): block_id("Nord")})
    page = resident.get("verifier").text
    for words in ("Dossier", "10,00", "Déplacement", "2,50", "12,50"):
        assert words in page


def test_the_request_keeps_the_fee_line_by_line(resident):
    request = file_from(resident, "Nord")
    assert request.fee_cents == 1250
    assert [(line["label"], line["amount_cents"]) for line in request.fee_lines] == [
        ("Dossier", 1000),
        ("Déplacement", 250),
    ]
    assert request.events.get(seq=1).data["fee_cents"] == 1250


def test_the_receipt_gives_the_routed_department_and_the_fee(resident):
    resident.post("1", {block_id("email"): "nadia@example.org", block_id("quartier"): block_id("Nord")})
    receipt = resident.client.get(resident.send().headers["Location"]).text
    assert "Mairie annexe Nord" in receipt
    assert "02 00 00 00 77" in receipt
    assert "12,50" in receipt


def test_desk_tracking_and_letter_say_the_fee(resident, admin_user, client: Client):
    request = file_from(resident, "Nord")
    client.force_login(admin_user)
    assert "12,50" in client.get(f"/admin/demandes/{request.pk}/").text
    assert "12,50" in client.get(f"/suivi/{request.access_token}/").text
    message = OutboxMessage.objects.get()
    letter = write_letter({"kind": message.kind, "request_id": request.pk, **message.payload})
    assert "12" in letter.text
    assert "Déplacement" in letter.text
