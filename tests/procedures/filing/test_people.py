"""Several people in one request: who asks, whom it is for, who stands in for them."""

from __future__ import annotations

import pytest
from django.test import Client

from cms.accounts.models import User
from procedures.inbox.models import ServiceRequest
from procedures.inbox.people import people_of
from tests.factories.filing import Resident
from tests.factories.procedures import block_id, make_procedure, question, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_filed() -> ServiceRequest:
    resident = Resident(
        make_procedure(
            step(
                "Les personnes",
                question("email", "Votre adresse", id="mien"),
                question("email", "L’adresse du bénéficiaire", id="sien", whose="beneficiary"),
                question("phone", "Le téléphone du bénéficiaire", id="tel", whose="beneficiary"),
                question("email", "L’adresse du tuteur", id="tuteur", whose="representative", required=False),
                question("email", "L’adresse du voisin", id="voisin", whose="other"),
            )
        )
    )
    posted = {"mien": "nadia@example.org", "sien": "lou@example.org", "tel": "06 12 34 56 78", "tuteur": ""}
    resident.post("1", {block_id(name): value for name, value in (posted | {"voisin": "v@example.org"}).items()})
    resident.send()
    return ServiceRequest.objects.get()


def test_the_request_names_them_apart_from_whoever_asks(request_filed):
    assert request_filed.requester_email == "nadia@example.org"
    assert [(person.role, person.email, person.phone) for person in people_of(request_filed)] == [
        ("beneficiary", "lou@example.org", "+33612345678")
    ]


def test_search_finds_them(request_filed):
    for words in ("lou@example.org", "612345678"):
        assert ServiceRequest.objects.search(words).get() == request_filed


def test_the_desk_and_the_receipt_name_them(request_filed, client: Client):
    client.force_login(User.objects.create_superuser("admin@valmarie.example", "p"))
    desk = client.get(f"/admin/demandes/{request_filed.pk}/").text
    assert 'href="mailto:lou@example.org"' in desk
    assert "lou@example.org" in client.get(f"/suivi/{request_filed.access_token}/accuse/").text


def test_each_row_of_a_group_may_name_somebody():
    children = question(
        "group",
        "Enfants",
        id="enfants",
        row_name="enfant",
        min_rows=1,
        max_rows=5,
        questions=[question("email", "Adresse", id="adresse", whose="beneficiary")],
    )
    resident = Resident(make_procedure(step("Famille", children)))
    group = block_id("enfants")
    rows = {f"{group}.{row}.{block_id('adresse')}": f"enfant{row}@example.org" for row in ("1", "2")}
    resident.post("1", {group: ["1", "2"], **rows})
    resident.post("1", {group: ["1", "2"], **rows})
    resident.send()
    assert [person.email for person in people_of(ServiceRequest.objects.get())] == [
        "enfant1@example.org",
        "enfant2@example.org",
    ]
