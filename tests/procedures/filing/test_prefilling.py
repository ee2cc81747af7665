"""Answers offered beforehand: said where from, free to change unless locked, kept only once posted."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from wagtail.blocks import StructBlockValidationError

from cms.accounts.models import User
from procedures.definition.blocks.questions import QuestionBlock
from procedures.definition.models import Procedure
from procedures.definition.sources.http import Http
from procedures.filing.entry import begin_entry
from procedures.filing.keys import cookie_name, token
from procedures.filing.signed_links import read_token, signed_link
from procedures.plugins import Visit, field_types
from tests.factories.filing import Resident
from tests.factories.procedures import block_id, make_procedure, question, step

pytestmark = pytest.mark.django_db


def prefill(source: str, key: str = "", locked: bool = False) -> dict[str, Any]:
    return {"source": source, "key": key, "locked": locked}


def asking(*questions: dict[str, Any]) -> Resident:
    return Resident(
        make_procedure(step("Vous", *questions), step("Suite", question("short_text", "Suite", id="suite")))
    )


@pytest.fixture
def amelie() -> User:
    return User.objects.create_user("amelie@example.org", "p", first_name="Amélie", last_name="Durand")


def email(locked: bool = False) -> dict[str, Any]:
    return question("email", "Adresse", id="email", prefill=prefill("account", locked=locked))


def test_the_account_is_offered_with_where_it_comes_from(amelie):
    resident = asking(email(), question("name", "Nom", id="nom", prefill=prefill("account", "name")))
    resident.client.force_login(amelie)
    page = resident.client.get(resident.url("1"), headers={"Accept-Language": "en"}).text
    assert 'value="amelie@example.org"' in page
    assert 'value="Durand"' in page
    assert page.count("Taken from your account.") == 2


def test_nothing_is_kept_before_the_resident_has_posted_it(amelie):
    resident = asking(email())
    resident.client.force_login(amelie)
    resident.get("1")
    assert not resident.procedure.drafts.exists()
    resident.post("1", {block_id("email"): "amelie@example.org"})
    assert resident.draft().data["answers"][block_id("email")] == "amelie@example.org"


def test_it_can_be_changed_and_then_says_nothing_of_its_origin(amelie):
    resident = asking(email())
    resident.client.force_login(amelie)
    resident.post("1", {block_id("email"): "autre@example.org"})
    page = resident.get("1").text
    assert 'value="autre@example.org"' in page
    assert "Taken from your account" not in page


def test_what_the_resident_emptied_stays_empty(amelie):
    resident = asking({**email(), "value": {**email()["value"], "required": False}})
    resident.client.force_login(amelie)
    resident.post("1", {block_id("email"): ""})
    assert "amelie@example.org" not in resident.get("1").text


def test_a_locked_answer_is_read_only_and_the_server_holds_to_it(amelie):
    resident = asking(email(locked=True))
    resident.client.force_login(amelie)
    page = resident.get("1").text
    assert "readonly" in page
    resident.post("1", {block_id("email"): "intrus@example.org"})
    assert resident.draft().data["answers"][block_id("email")] == "amelie@example.org"
    assert "intrus" not in json.dumps(resident.draft().data)


def test_a_locked_answer_in_parts_is_held_too(amelie):
    resident = asking(question("name", "Nom", id="nom", prefill=prefill("account", "name", locked=True)))
    resident.client.force_login(amelie)
    name = block_id("nom")
    resident.post("1", {f"{name}_given": "Jean", f"{name}_family": "Intrus"})
    assert resident.draft().data["answers"][name] == {"given": "Amélie", "family": "Durand"}


def test_without_an_account_nothing_is_locked():
    resident = asking(email(locked=True))
    assert "readonly" not in resident.get("1").text
    resident.post("1", {block_id("email"): "moi@example.org"})
    assert resident.draft().data["answers"][block_id("email")] == "moi@example.org"


def test_an_agent_s_account_is_not_the_resident_s(amelie):
    resident = asking(email())
    draft = begin_entry(amelie, resident.procedure, "counter", "fr")
    resident.client.force_login(amelie)
    resident.client.cookies[cookie_name(resident.procedure.pk)] = token(draft.key, "cookie")
    assert 'value="amelie@example.org"' not in resident.get("1").text


# --- Links signed by the city ----------------------------------------------------------


@pytest.fixture
def guest() -> Resident:
    return asking(
        question("short_text", "Dossier", id="dossier", prefill=prefill("signed", "dossier", locked=True)),
        question("short_text", "Ville", id="ville", prefill=prefill("signed", "ville")),
    )


def path_of(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}"


def test_a_signed_link_fills_in_what_it_carries_to_the_last_step(guest):
    link = path_of(signed_link(guest.procedure, {"dossier": "A-12", "ville": "Valmarie"}))
    first = guest.client.get(link)
    assert not first.cookies
    page = guest.client.get(first.headers["Location"])
    assert 'value="A-12"' in page.text
    guest.client.post(
        first.headers["Location"],
        {block_id("dossier"): "B-99", block_id("ville"): "Ailleurs"},
        headers={"Origin": "http://testserver"},
    )
    answers = guest.draft().data["answers"]
    assert (answers[block_id("dossier")], answers[block_id("ville")]) == ("A-12", "Ailleurs")
    guest.post("1", {block_id("dossier"): "C-1", block_id("ville"): "Ailleurs"})
    assert guest.draft().data["answers"][block_id("dossier")] == "A-12"


def test_a_tampered_link_is_passed_over_calmly(guest):
    link = path_of(signed_link(guest.procedure, {"dossier": "A-12"}))
    page = guest.client.get(link.replace("?signe=", "/1/?signe=x").replace("//1", "/1"))
    assert page.status_code == 200
    assert "A-12" not in page.text
    assert "notice" in page.text


def test_a_link_is_good_for_one_procedure_and_for_some_time(guest):
    other = make_procedure(title="Autre", slug="autre")
    made = signed_link(guest.procedure, {"dossier": "A-12"}).partition("signe=")[2]
    assert read_token(made, guest.procedure) == {"dossier": "A-12"}
    assert read_token(made, other) is None
    with time_machine.travel(time.time() + 31 * 86_400):
        assert read_token(made, guest.procedure) is None
    assert read_token("x" * 10_000, guest.procedure) is None


def test_the_command_prints_a_link(guest, capsys):
    call_command("sign_prefill", guest.procedure.slug, "dossier=A-12")
    assert read_token(capsys.readouterr().out.strip().partition("signe=")[2], guest.procedure) == {"dossier": "A-12"}
    with pytest.raises(CommandError):
        call_command("sign_prefill", guest.procedure.slug, "dossier")
    with pytest.raises(CommandError):
        call_command("sign_prefill", "absente", "a=b")


# --- A service of the city -------------------------------------------------------------


class Service(BaseHTTPRequestHandler):
    """A small service that remembers what it was asked."""

    asked: list[str] = []

    def do_GET(self) -> None:
        Service.asked.append(self.path)
        if "ailleurs" in self.path:
            self.send_response(302)
            self.send_header("Location", "/quota?mail=x")
            self.end_headers()
            return
        if "lent" in self.path:
            time.sleep(1.5)
        self.send_response(500 if "panne" in self.path else 200)
        self.end_headers()
        self.wfile.write(b"pas du JSON" if "bavard" in self.path else b'{"quota": 640, "oui": true, "liste": [1]}')

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def service(settings) -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Service)
    Service.asked = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    host = f"127.0.0.1:{server.server_port}"
    settings.PREFILL_HTTP_HOSTS = [host]
    settings.PREFILL_HTTP = {
        name: {"url": f"http://{host}/{name}?mail={{email}}", "field": field}
        for name, field in {
            "quota": "quota",
            "ailleurs": "quota",
            "lent": "quota",
            "panne": "quota",
            "bavard": "quota",
            "oui": "oui",
            "liste": "liste",
            "rien": "absent",
        }.items()
    }
    yield host
    server.shutdown()
    server.server_close()
    thread.join()


VISIT = Visit("quotient", "fr", {"email": "amelie+x@example.org"}, {})


def test_a_service_of_the_city_answers_once_and_is_told_no_answer(service, amelie):
    resident = asking(
        question("short_text", "Quotient", id="quotient", prefill=prefill("http", "quota")),
        question("short_text", "Secret", id="secret"),
    )
    resident.client.force_login(amelie)
    assert 'value="640"' in resident.get("1").text
    resident.post("1", {block_id("quotient"): "640", block_id("secret"): "confidentiel"})
    resident.get("1")
    assert Service.asked == ["/quota?mail=amelie%40example.org"]


@pytest.mark.parametrize("key", ["ailleurs", "lent", "panne", "bavard", "oui", "liste", "rien", "inconnu"])
def test_whatever_goes_wrong_with_it_fills_nothing_in(service, key):
    began = time.monotonic()
    assert Http().value(key, VISIT) is None
    assert time.monotonic() - began < 10
    assert len(Service.asked) <= 1


def test_a_host_that_is_not_on_the_list_is_not_asked(service, settings):
    settings.PREFILL_HTTP_HOSTS = ["intranet.example"]
    assert Http().value("quota", VISIT) is None
    assert Service.asked == []


def test_a_claim_that_is_not_known_asks_nobody(service):
    assert Http().value("quota", VISIT._replace(account={})) is None
    assert Service.asked == []


# --- The editor -----------------------------------------------------------------------


def test_a_piece_that_does_not_fit_the_question_is_refused_in_the_editor():
    block = QuestionBlock(field_types["email"])
    value = block.to_python({"label": "Adresse", "prefill": prefill("account", "tel")})
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert "prefill" in refused.value.block_errors
    assert block.clean(block.to_python({"label": "Adresse", "prefill": prefill("signed", "n'importe")}))


def test_what_a_source_has_wrong_is_not_shown():
    resident = asking(question("email", "Adresse", id="email", prefill=prefill("fixed", "pas une adresse")))
    assert "pas une adresse" not in resident.get("1").text
    assert Procedure.objects.exists()
    with pytest.raises(ValidationError):
        field_types["email"].form_field(field_types["email"].sample()).clean("pas une adresse")
