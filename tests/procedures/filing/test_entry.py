"""A request taken at the counter or on the phone goes through the resident's own steps."""

import pytest
from django.contrib.auth.models import Permission

from procedures.filing import keys
from procedures.filing.models import Draft
from procedures.inbox.models import ServiceRequest
from tests.factories.filing import EXTRACT, WHO, Resident
from tests.factories.inbox import make_agent
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db
ENTRY = "/admin/saisir-une-demande/"


@pytest.fixture
def agent(procedure):
    user = make_agent(procedure.department)
    for codename in ("access_admin", "change_servicerequest", "view_servicerequest"):
        user.user_permissions.add(Permission.objects.get(codename=codename))
    return user


@pytest.fixture
def desk(resident, agent):
    resident.client.force_login(agent)
    resident.client.handler.enforce_csrf_checks = False
    return resident


def begin(desk: Resident, channel: str = "phone", language: str = "fr"):
    return desk.client.post(ENTRY, {"procedure": desk.procedure.pk, "channel": channel, "language": language})


def test_the_menu_leads_to_the_form(desk):
    assert ENTRY in desk.client.get("/admin/").text
    assert desk.procedure.title in desk.client.get(ENTRY).text


def test_a_request_taken_by_phone_keeps_its_channel_and_its_agent(desk, agent):
    assert begin(desk).headers["Location"] == desk.url("1")
    page = desk.get("1").text
    assert str(agent) in page
    desk.post("1", WHO)
    desk.post("2", EXTRACT)
    receipt = desk.client.get(desk.send().headers["Location"])
    request = ServiceRequest.objects.get()
    assert (request.channel, request.entered_by) == ("phone", agent)
    assert request.number in receipt.text
    assert request.access_token not in receipt.text


def test_the_steps_open_in_the_language_of_the_resident(desk):
    assert begin(desk, language="ar").headers["Location"] == f"/ar{desk.url('1')}"


def test_only_procedures_of_ones_own_departments_are_offered(desk):
    other = make_procedure(title="Voirie")
    assert "Voirie" not in desk.client.get(ENTRY).text
    response = desk.client.post(ENTRY, {"procedure": other.pk, "channel": "phone", "language": "fr"})
    assert response.status_code == 200
    assert not Draft.objects.exists()


@pytest.mark.parametrize("channel", ["portal", "open311", "pigeon"])
def test_a_channel_that_is_none_of_an_agents_is_refused(desk, channel):
    assert begin(desk, channel=channel).status_code == 200
    assert not Draft.objects.exists()


def test_nobody_else_opens_what_an_agent_is_entering(desk):
    begin(desk)
    desk.client.logout()
    begun = Draft.objects.get()
    stranger = Resident(desk.procedure)
    stranger.client.cookies[keys.cookie_name(desk.procedure.pk)] = keys.token(begun.key, keys.COOKIE)
    assert stranger.get("1").headers["Location"] == f"/admin/login/?next={desk.url('1')}"
    stranger.client.force_login(make_agent(desk.procedure.department))
    assert stranger.get("1").status_code == 403


def test_the_form_is_for_agents(client, procedure):
    assert client.get(ENTRY).status_code == 302
