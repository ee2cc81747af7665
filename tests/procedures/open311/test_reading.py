"""What applications read: services, definitions, requests, in GeoReport's shapes and without a resident in them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from procedures.inbox.services import decision
from procedures.open311.models import Report
from procedures.open311.publishing import publish_reports
from tests.factories.inbox import make_agent, make_answer, make_request
from tests.factories.open311 import make_service
from tests.factories.procedures import block_id

pytestmark = pytest.mark.django_db
SCHEMAS = Path(__file__).resolve().parents[4] / "shared" / "data" / "open311"


def check(name: str, content: Any) -> None:
    """Hold an answer against the published schema of its kind."""
    if not SCHEMAS.exists():
        pytest.skip(f"{SCHEMAS} is missing: answers are not held against GeoReport's schemas")
    resources = [
        (path.name, Resource(json.loads(path.read_text()), DRAFT4))
        for path in SCHEMAS.glob("*.json")
        if path.name != "swagger.json"
    ]
    schema = json.loads((SCHEMAS / name).read_text())
    Draft4Validator(schema, registry=Registry().with_resources(resources)).validate(content)


def as_json(root: ElementTree.Element) -> Any:
    """An XML answer in the shape of the JSON one: texts, nothing, and lists of what has one name."""
    if root.tag in ("services", "service_requests", "attributes", "values"):
        return [as_json(child) for child in root]
    if not len(root):
        return root.text
    return {child.tag: as_json(child) for child in root}


def as_texts(content: Any) -> Any:
    if isinstance(content, dict):
        return {name: as_texts(value) for name, value in content.items()}
    if isinstance(content, list):
        return [as_texts(value) for value in content]
    return content if content is None else str(content).lower() if isinstance(content, bool) else str(content)


def read_both(client, address: str, **asked: str) -> Any:
    """The JSON answer, once the XML one has said the same."""
    found = client.get(f"/open311/v2/{address}.json", asked)
    assert found.status_code == 200, found.content
    in_xml = client.get(f"/open311/v2/{address}.xml", asked)
    assert in_xml["Content-Type"] == "text/xml; charset=utf-8"
    assert as_json(ElementTree.fromstring(in_xml.content)) == as_texts(found.json())
    return found.json()


@pytest.fixture
def listed(service):
    """A request that a resident filed on the site, listed since."""
    place = make_answer("Où ?", type="place", value={"text": "Devant chez moi", "lat": 47.471234, "lon": -0.551876})
    request = make_request(service.procedure, answers=(place,), received_at=timezone.now() - timedelta(days=3))
    publish_reports(days=7)
    return request


def test_services_are_those_on_offer(client, service):
    closed = make_service(title="Fermée")
    closed.procedure.is_open = False
    closed.procedure.save()
    found = read_both(client, "services")
    check("services.json", found)
    ((code, name, group, metadata),) = [
        (one["service_code"], one["service_name"], one["group"], one["metadata"]) for one in found
    ]
    assert (code, name, group, metadata) == (service.procedure.slug, "Signaler un problème", "Rue", True)


def test_definition_asks_what_the_parameters_of_georeport_do_not(client, service):
    found = read_both(client, f"services/{service.procedure.slug}")
    check("service-definition.json", found)
    assert [(one["code"], one["datatype"], one["required"]) for one in found["attributes"]] == [
        (block_id("nature"), "singlevaluelist", True),
        (block_id("lampadaire"), "string", False),  # asked of some only
        (block_id("qui"), "multivaluelist", False),
        (block_id("depuis"), "datetime", False),
        (block_id("combien"), "number", False),
    ]
    assert found["attributes"][0]["values"][1] == {"key": block_id("Chaussée"), "name": "Chaussée"}


def test_list_shows_state_dates_department_and_about_where(client, service, listed):
    found = read_both(client, "requests")
    check("requests.json", found)
    (one,) = found
    assert (one["status"], one["service_code"]) == ("open", service.procedure.slug)
    assert one["agency_responsible"] == "État civil"
    assert (one["lat"], one["long"]) == (47.4712, -0.5519)
    assert one["expected_datetime"].endswith(("T23:59:59+01:00", "T23:59:59+02:00"))


def test_nothing_personal_leaves(client, listed):
    public = client.get("/open311/v2/requests.json").content.decode()
    public += client.get(f"/open311/v2/requests/{listed.report.public_id}.xml").content.decode()
    secrets = ("Camille", "Lefèvre", "camille@exemple.fr", "Devant chez moi", listed.tracking_number, listed.number)
    assert [secret for secret in (*secrets, listed.access_token) if secret in public] == []


def test_closed_request_says_when(client, listed):
    decision.close(listed, agent=make_agent(listed.department), reason="Réparé.")
    (one,) = read_both(client, f"requests/{listed.report.public_id}")
    assert (one["status"], one["expected_datetime"]) == ("closed", None)
    assert "Réparé" not in str(one)
    assert read_both(client, "requests", status="open") == []
    assert len(read_both(client, "requests", status="open,closed")) == 1


def test_request_of_a_service_that_is_not_public_is_read_by_its_name_alone(client, service, listed):
    service.is_public = False
    service.save()
    assert read_both(client, "requests") == []
    assert len(read_both(client, f"requests/{listed.report.public_id}")) == 1
    service.delete()
    assert client.get(f"/open311/v2/requests/{listed.report.public_id}.json").status_code == 404


def test_requests_of_procedures_that_are_not_offered_have_no_public_name(client, service):
    make_request()
    publish_reports(days=100)
    assert not Report.objects.exists()


def test_tracking_number_opens_nothing_here(client, listed):
    for number in (listed.number, listed.tracking_number, str(listed.pk)):
        assert client.get(f"/open311/v2/requests/{number}.json").status_code == 404
        assert client.get("/open311/v2/requests.json", {"service_request_id": number}).json() == []


def test_list_is_cut_by_dates_services_names_and_pages(client, service, listed):
    day = (timezone.now() - timedelta(days=3)).date()
    names = listed.report.public_id
    assert len(read_both(client, "requests", service_request_id=f"{names},nothing")) == 1
    assert len(read_both(client, "requests", start_date=f"{day}T00:00:00Z", end_date=f"{day}")) == 1
    assert read_both(client, "requests", end_date=f"{day - timedelta(days=1)}") == []
    assert read_both(client, "requests", start_date=f"{day + timedelta(days=2)}T00:00:00+02:00") == []
    assert read_both(client, "requests", service_code="autre") == []
    assert len(read_both(client, "requests", service_code=f"autre,{service.procedure.slug}", page_size="1")) == 1
    assert read_both(client, "requests", page="2", page_size="1") == []


def test_list_goes_back_ninety_days_and_no_further(client, listed):
    Report.objects.update(received_at=timezone.now() - timedelta(days=91))
    long_ago = (timezone.now() - timedelta(days=200)).isoformat()
    assert read_both(client, "requests") == []
    assert read_both(client, "requests", start_date=long_ago, end_date=timezone.now().isoformat()) == []
    assert len(read_both(client, "requests", end_date=(timezone.now() - timedelta(days=90)).isoformat())) == 1


def test_list_costs_as_many_queries_for_one_as_for_several(client, service, listed, django_assert_max_num_queries):
    for _another in range(3):
        make_request(service.procedure, received_at=timezone.now())
    publish_reports(days=7)
    with django_assert_max_num_queries(3):
        assert len(client.get("/open311/v2/requests.json").json()) == 4


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("requests.json?start_date=hier", 400),
        ("requests.json?end_date=2026-13-45", 400),
        ("requests.json?start_date=2026-11-20&end_date=2026-11-10", 400),
        ("requests.json?status=lost", 400),
        ("requests.json?page=0", 400),
        ("requests.json?page_size=1001", 400),
        ("services.json?jurisdiction_id=elsewhere.example", 404),
        ("services/nothing.json", 404),
        ("requests/nothing.json", 404),
        ("tokens/nothing.json", 404),
    ],
)
def test_what_cannot_be_served_is_said_as_georeport_says_it(client, service, address, status):
    found = client.get(f"/open311/v2/{address}")
    assert found.status_code == status
    ((code, description),) = [(one["code"], one["description"]) for one in found.json()]
    assert code == status
    in_xml = ElementTree.fromstring(client.get(f"/open311/v2/{address.replace('.json', '.xml')}").content)
    assert (in_xml.tag, in_xml[0].tag, in_xml[0][0].text, in_xml[0][1].text) == (
        "errors",
        "error",
        str(status),
        description,
    )


def test_discovery_says_where_the_service_is(client, db):
    assert client.get("/open311/v2/discovery.json").json()["endpoints"][0]["url"].endswith("/open311/v2")
    assert ElementTree.fromstring(client.get("/open311/v2/discovery.xml").content).tag == "discovery"
