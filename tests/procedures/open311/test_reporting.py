"""What applications report: checked like the resident's own steps, registered once, answered with a public name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from procedures.inbox.models import ServiceRequest
from procedures.open311.models import ApiKey, OfferedService
from tests.factories.open311 import make_key, make_service, report_steps
from tests.factories.procedures import block_id, make_procedure, question, step

pytestmark = pytest.mark.django_db
REQUESTS = "/open311/v2/requests.json"


def answer_to(request: ServiceRequest, name: str) -> dict:
    return next(answer for answer in request.answers if answer["question_id"] == block_id(name))


def descriptions(response) -> str:
    assert response.status_code == 400, response.content
    return " | ".join(one["description"] for one in response.json())


def test_report_becomes_a_request_like_any_other(client, service, post):
    response = client.post(REQUESTS, post)
    assert response.status_code == 200, response.content
    request = ServiceRequest.objects.get()
    ((name, account),) = [(one["service_request_id"], one["account_id"]) for one in response.json()]
    assert (name, account) == (request.report.public_id, None)
    assert (request.channel, request.version) == ("open311", service.procedure.current)
    assert (request.requester_name, request.requester_email) == ("Camille Lefèvre", "camille@exemple.fr")
    assert request.requester_phone == "06 12 34 56 78"
    assert answer_to(request, "nature")["shown"] == "Éclairage"
    assert answer_to(request, "lampadaire")["value"] == "L-1203"
    assert answer_to(request, "description")["value"].startswith("Il clignote")
    assert (request.latitude, request.longitude) == (47.471234, -0.551876)
    assert request.outbox.get().kind == "receipt"
    assert client.get(f"/open311/v2/requests/{name}.json").json()[0]["status"] == "open"


def test_null_characters_which_no_database_takes_everywhere_are_left_out(client, post):
    post |= {"media_url": "https://exemple.fr/\0photo.jpg", "service_code": post["service_code"] + "\0"}
    assert client.post(REQUESTS, post).status_code == 200
    shown = [answer["shown"] for answer in ServiceRequest.objects.get().answers]
    assert "https://exemple.fr/photo.jpg" in shown
    assert client.get("/open311/v2/requests/x%00.json").status_code == 404
    assert client.get("/open311/v2/requests.json?service_request_id=x%00").json() == []


def test_lists_dates_and_numbers_are_read(client, service, post):
    post |= {
        f"attribute[{block_id('qui')}][]": [block_id("Piétons"), block_id("Cyclistes")],
        f"attribute[{block_id('depuis')}]": "2026-11-13T23:30:00Z",  # the 14th, in the city
        f"attribute[{block_id('combien')}]": "3",
    }
    assert client.post(REQUESTS, post).status_code == 200
    request = ServiceRequest.objects.get()
    assert len(answer_to(request, "qui")["value"]) == 2
    assert answer_to(request, "depuis")["value"] == "2026-11-14"
    assert answer_to(request, "combien")["value"] == 3


def test_question_that_an_answer_brings_up_must_be_answered(client, post):
    del post[f"attribute[{block_id('lampadaire')}]"]
    assert f"attribute[{block_id('lampadaire')}]" in descriptions(client.post(REQUESTS, post))
    post[f"attribute[{block_id('nature')}]"] = block_id("Chaussée")
    assert client.post(REQUESTS, post).status_code == 200


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"email": "not an address"}, "email"),
        ({"description": ""}, "description"),
        ({"lat": "", "long": "", "address_string": ""}, "address_string"),
        ({"lat": "95.0"}, "address_string"),
        ({"long": ""}, "lat, long"),
        ({f"attribute[{block_id('nature')}]": "nonsense"}, f"attribute[{block_id('nature')}]"),
        ({f"attribute[{block_id('combien')}]": "three"}, f"attribute[{block_id('combien')}]"),
        ({"attribute[stranger]": "1"}, "attribute[stranger]"),
        ({"service_code": ""}, "service_code"),
        ({f"attribute[{block_id('lampadaire')}]": "x" * 300}, f"attribute[{block_id('lampadaire')}]"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(client, post, change, named):
    assert named in descriptions(client.post(REQUESTS, post | change))
    assert not ServiceRequest.objects.exists()


def test_only_keys_that_are_active_report(client, post):
    for key in ("", "nonsense"):
        assert client.post(REQUESTS, post | {"api_key": key}).status_code == 403
    ApiKey.objects.update(is_active=False)
    assert client.post(REQUESTS, post).status_code == 403
    assert not ServiceRequest.objects.exists()


def test_same_report_sent_again_is_the_same_request(client, post, time_machine):
    time_machine.move_to("2026-11-14T10:09:50Z", tick=False)
    first = client.post(REQUESTS, post).json()
    time_machine.move_to("2026-11-14T10:10:10Z", tick=False)
    assert client.post(REQUESTS, post).json() == first
    time_machine.shift(timedelta(minutes=30))
    assert client.post(REQUESTS, post).json() != first
    assert client.post(REQUESTS, post | {"api_key": make_key()}).json() != first
    assert ServiceRequest.objects.count() == 3


def test_application_that_lost_the_answer_asks_by_its_own_token(client, post):
    token = "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d"
    first = client.post(REQUESTS, post, headers={"Idempotency-Key": token}).json()
    again = client.post(REQUESTS, post | {"description": "Autrement dit."}, headers={"Idempotency-Key": token}).json()
    assert first == again
    found = client.get(f"/open311/v2/tokens/{token}.json").json()
    assert found == [{"service_request_id": first[0]["service_request_id"], "token": token}]
    assert client.post(REQUESTS, post, headers={"Idempotency-Key": "short"}).status_code == 400


def test_what_the_procedure_does_not_ask_is_kept_beside_and_pictures_are_not_fetched(client, key):
    service = make_service(step("Quoi", question("short_text", "Objet", id="objet")), title="Autre")
    response = client.post(
        REQUESTS,
        {
            "api_key": key,
            "service_code": service.procedure.slug,
            f"attribute[{block_id('objet')}]": "Banc",
            "description": "Cassé",
            "lat": "47.4712",
            "long": "-0.5518",
            "media_url": "http://127.0.0.1:9/photo.jpg",
        },
    )
    assert response.status_code == 200, response.content
    request = ServiceRequest.objects.get()
    assert [answer["shown"] for answer in request.answers] == [
        "Banc",
        "Cassé",
        "47.4712, -0.5518",
        "http://127.0.0.1:9/photo.jpg",
    ]
    assert (request.latitude, request.requester_email) == (47.4712, "")
    assert not request.outbox.exists()


def test_key_and_address_have_their_rates(client, post, settings):
    ApiKey.objects.update(requests_per_hour=1)
    assert client.post(REQUESTS, post).status_code == 200
    response = client.post(REQUESTS, post | {"description": "Encore"})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    settings.OPEN311_RATES = {"reads_per_address": "2/hour", "posts_per_address": "0"}
    assert client.get("/open311/v2/services.json", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/open311/v2/services.json", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/open311/v2/services.json", REMOTE_ADDR="192.0.2.7").status_code == 429


def test_procedure_that_needs_a_file_cannot_be_offered(db):
    steps = [*report_steps(), step("Pièces", question("file", "Justificatif", id="piece"))]
    with pytest.raises(ValidationError, match="Justificatif"):
        OfferedService(procedure=make_procedure(*steps)).full_clean()


def test_key_is_shown_once_and_not_kept(db, capsys):
    call_command("make_api_key", "Application de la métropole")
    drawn = capsys.readouterr().out.strip()
    kept = ApiKey.objects.get()
    assert len(drawn) > 40
    assert drawn not in (kept.fingerprint, kept.label)


def test_administrator_offers_a_service_and_is_shown_the_key_of_an_application(admin_client, db):
    procedure = make_procedure(*report_steps())
    page = admin_client.get("/admin/snippets/open311/offeredservice/add/")
    assert page.status_code == 200
    admin_client.post("/admin/snippets/open311/offeredservice/add/", {"procedure": procedure.pk, "group": "Rue"})
    assert OfferedService.objects.get().procedure == procedure
    made = admin_client.post(
        "/admin/snippets/open311/apikey/add/",
        {"label": "Métropole", "is_active": "on", "requests_per_hour": "10"},
        follow=True,
    )
    assert ApiKey.objects.get().requests_per_hour == 10
    assert "shown this once" in made.content.decode()


def test_odd_posts_are_refused_and_never_break(client, post):
    for body, kind in ((b"\xff\xfe\x00", "application/json"), (b"--x", "multipart/form-data; boundary=y")):
        assert client.generic("POST", REQUESTS, body, content_type=kind).status_code in (400, 403)
    assert client.delete(REQUESTS).status_code == 405
    odd = post | {"description": "a\0b", "first_name": "\ud7ff" * 400}
    assert client.post(REQUESTS, odd).status_code in (200, 400)
