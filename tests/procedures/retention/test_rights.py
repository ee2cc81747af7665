"""What a person may ask of their data, from the page of their request and through the city; and who looked at it."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.roles import ADMINISTRATORS, AGENTS, role
from directory.models import DepartmentMember
from procedures.filing.models import Draft
from procedures.inbox.models import Event, Reading, ServiceRequest
from procedures.inbox.services.conversation import keep_from_stranger, write_note
from procedures.inbox.services.decision import accept
from procedures.retention.holding import place_hold
from procedures.retention.models import RetentionRun
from procedures.retention.rights import refusal_of
from tests.factories.inbox import PDF, UserFactory, make_agent, make_request, received_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def about() -> ServiceRequest:
    return make_request(files=(received_file(), received_file(), received_file("../../mal.pdf")))


@pytest.fixture
def agent(about):
    user = make_agent(about.department)
    user.groups.add(role(AGENTS))
    return user


@pytest.fixture
def officer(client) -> Client:
    """Whoever answers for the city's data."""
    user = UserFactory()
    user.groups.add(role(ADMINISTRATORS))
    client.force_login(user)
    return client


def decided(about: ServiceRequest, agent, days: int) -> ServiceRequest:
    accept(about, agent=agent, at=timezone.now() - timedelta(days=days))
    return about


def opened(response) -> ZipFile:
    return ZipFile(BytesIO(b"".join(response.streaming_content)))


def test_a_resident_takes_a_copy_along_from_their_page(about, agent):
    write_note(about, text="Entre nous.", agent=agent)
    keep_from_stranger(about, sender="voisin@exemple.fr", text="Je suis la voisine.")
    response = Client().post(
        reverse("tracking:data", args=[about.access_token]), headers={"Sec-Fetch-Site": "same-origin"}
    )
    bundle, number = opened(response), about.number
    names = bundle.namelist()
    assert {f"{number}/{number}.json", f"{number}/files/vaccins.pdf", f"{number}/files/vaccins-2.pdf"} <= set(names)
    assert not [name for name in names if ".." in name]
    data = json.loads(bundle.read(f"{number}/{number}.json"))
    assert data["requester"]["name"] == "Camille Lefèvre"
    assert data["answers"][0]["answer"] == "Inès Lefèvre"
    assert bundle.read(f"{number}/files/vaccins.pdf") == PDF
    assert "Entre nous" not in json.dumps(data)
    assert "voisin" not in json.dumps(data)
    event = about.events.get(kind="data_exported")
    assert (event.actor_kind, event.visible_to_resident) == ("resident", True)


def test_a_copy_is_not_handed_out_by_a_link_nor_to_another_site(about):
    at = reverse("tracking:data", args=[about.access_token])
    assert Client().get(at).status_code == 302
    assert Client().post(at, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not Event.objects.filter(kind="data_exported").exists()


def test_the_city_finds_a_person_in_all_departments_and_hands_out_everything(officer, about, agent):
    write_note(about, text="Entre nous.", agent=agent, mentions=[make_agent(about.department)])
    keep_from_stranger(about, sender="voisin@exemple.fr", text="Je suis la voisine.")
    other = make_request()
    Draft.objects.create(
        procedure=about.procedure,
        version=about.version,
        language="fr",
        reminder_recipient="camille@exemple.fr",
        data={"step_data": {"1": {"nom": ["Lefèvre"]}}},
    )
    at = reverse("retention:rights")
    people = officer.get(at, {"q": "camille@exemple.fr"}).context["people"]
    assert {line["request"] for line in people[0]["lines"]} == {about, other}
    bundle = opened(officer.post(at, {"q": "camille", "request": [about.pk, other.pk], "export": "1"}))
    whole = json.loads(bundle.read(f"{about.number}/{about.number}.json"))
    assert whole["notes"][0]["text"] == "Entre nous."
    assert (whole["from_unknown_addresses"][0]["text"], whole["messages"]) == ("Je suis la voisine.", [])
    assert {sent["recipient"] for sent in whole["messages_sent"]} == {"camille@exemple.fr"}
    assert f"{other.number}/{other.number}.json" in bundle.namelist()
    assert json.loads(bundle.read("drafts.json"))[0]["typed"]["1"]["nom"] == ["Lefèvre"]
    assert about.events.filter(kind="data_exported", actor_kind="agent").count() == 1
    assert Reading.objects.filter(request=about, way="export").exists()


def test_nothing_is_erased_that_must_be_kept_and_the_reason_is_said(about, agent):
    assert "being processed" in str(refusal_of(about))
    decided(about, agent, days=10)
    assert "disputed before a court" in str(refusal_of(about))
    ServiceRequest.objects.filter(pk=about.pk).update(closed_at=timezone.now() - timedelta(days=100))
    about.refresh_from_db()
    place_hold(about, reason="Recours.", agent=agent)
    assert "It is disputed" in str(refusal_of(about))


def test_erasing_asks_once_more_then_leaves_nothing_of_the_person(officer, about, agent):
    decided(about, agent, days=100)
    waiting = make_request()
    at, asked = reverse("retention:rights"), {"q": "camille", "request": [about.pk, waiting.pk], "erase": "1"}
    assert len(officer.post(at, asked).context["to_confirm"]) == 2
    about.refresh_from_db()
    assert about.purged_at is None
    begun = {"procedure": about.procedure, "version": about.version, "language": "fr"}
    mine = Draft.objects.create(**begun, reminder_recipient="Camille@Exemple.fr")
    file = storages["private"].save("drafts/mine", ContentFile(PDF))
    kept = {
        "question_id": "piece",
        "original_name": "acte.pdf",
        "media_type": "application/pdf",
        "size_bytes": len(PDF),
    }
    mine.uploads.create(storage_name=file, sha256="0" * 64, **kept)
    Draft.objects.create(**begun, entered_by=agent, data={"person": {"email": "camille@exemple.fr"}})
    others = Draft.objects.create(**begun, data={"step_data": {"1": {"conjoint": ["camille@exemple.fr"]}}})
    done = officer.post(at, asked | {"sure": "1"}).context["erased"]
    assert ([bool(one.refusal) for one in done.requests], done.drafts) == ([False, True], 2)
    assert list(Draft.objects.all()) == [others]
    assert not storages["private"].exists(file)
    about.refresh_from_db()
    waiting.refresh_from_db()
    assert (about.requester_name, waiting.requester_name) == ("", "Camille Lefèvre")
    assert about.events.last().data == {"files": 3, "asked_for": True}


def test_agents_have_no_part_in_it(agent, about, client):
    client.force_login(agent)
    for name in ("retention:rights", "retention:runs"):
        assert client.get(reverse(name)).status_code == 302
    assert client.post(reverse("retention:rights"), {"request": about.pk, "export": "1"}).status_code == 302
    assert not Event.objects.filter(kind="data_exported").exists()


def test_an_administrator_tries_out_the_night_and_lifts_a_hold(officer, about, agent):
    decided(about, agent, days=700)
    hold = place_hold(about, reason="Recours gracieux.", agent=agent)
    officer.post(reverse("retention:runs"))
    run = RetentionRun.objects.get()
    assert (run.dry_run, run.announced, run.report["held"]) == (True, 0, 1)
    assert "Recours gracieux." in officer.get(reverse("retention:runs")).text
    officer.post(reverse("retention:lift", args=[hold.pk]))
    assert about.notes.order_by("pk").last().text == "▶ Recours gracieux."
    officer.post(reverse("retention:runs"))
    assert RetentionRun.objects.first().announced == 1


def test_opening_a_request_is_kept_once_a_quarter_of_an_hour_for_its_head_to_see(client, about, agent):
    client.force_login(agent)
    page = reverse("inbox:request", args=[about.pk])
    for _ in range(2):
        client.get(page)
    client.get(reverse("inbox:file", args=[about.pk, about.attachments.first().key]))
    assert sorted(Reading.objects.values_list("way", flat=True)) == ["file", "page"]
    readings = reverse("inbox:readings", args=[about.pk])
    assert readings not in client.get(page).text
    assert client.get(readings).status_code in (302, 403)
    head = make_agent(about.department, role=DepartmentMember.Role.HEAD)
    head.groups.add(role(AGENTS))
    client.force_login(head)
    assert readings in client.get(page).text
    assert str(agent) in client.get(readings).text
