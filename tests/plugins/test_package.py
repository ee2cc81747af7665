"""A package of plugins, installed by pip: lines of the settings are all it needs."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import parvis_bees
import pytest
from django.conf import settings as configured
from django.core.management import call_command

from cms.settings import plugins
from procedures.inbox.models import ServiceRequest
from procedures.plugins import deliveries, prefill_sources
from tests.factories.filing import Resident, typed
from tests.factories.procedures import block_id, make_procedure, question, step
from tests.procedures.fields import test_conformance, test_validators

WHERE_IT_IS_WRITTEN = Path(__file__).parent / "parvis-bees"
SEASON = {"type": "season", "id": block_id("season"), "value": {"first": "4", "last": "7"}}
RIGHT = typed(napi="a 123 4567", essaim="12/05/2026", inspecteur="Gaëlle Butineau")


class Register(BaseHTTPRequestHandler):
    """Another system, on this machine."""

    received: list[dict[str, Any]]

    def do_POST(self) -> None:
        self.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def received(settings) -> Iterator[list[dict[str, Any]]]:
    kept: list[dict[str, Any]] = []
    server = HTTPServer(("127.0.0.1", 0), type("Kept", (Register,), {"received": kept}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.BEES_REGISTER_URL = f"http://127.0.0.1:{server.server_port}/"
    yield kept
    server.shutdown()
    server.server_close()


@pytest.fixture
def keeper(db) -> Resident:
    """A beekeeper before a procedure that asks with everything the package brings."""
    known = {"source": "hive_inspector", "key": "name", "locked": False}
    procedure = make_procedure(
        step(
            "Vos ruches",
            question("keeper_number", "Numéro d’apiculteur", id="napi", shows_example=True),
            question("date", "Jour de l’essaimage", id="essaim", checks=[SEASON]),
            question("short_text", "Inspecteur", id="inspecteur", required=False, prefill=known),
        ),
        title="Déclarer des ruches",
        slug="declarer-des-ruches",
    )
    return Resident(procedure)


def test_it_was_installed_by_pip_and_not_found_beside_the_tests():
    installed = Path(parvis_bees.__file__)
    assert WHERE_IT_IS_WRITTEN not in installed.parents
    assert distribution("parvis-bees").read_text("INSTALLER") == "pip\n"
    for written in (WHERE_IT_IS_WRITTEN / "parvis_bees").glob("*.*"):
        assert (installed.parent / written.name).read_text() == written.read_text(), "run make test: it installs anew"


def test_the_settings_name_it_and_nothing_else_does():
    lists = {"FIELD_TYPES", "VALIDATORS", "PREFILL_SOURCES", "DELIVERIES"}
    for name in lists:
        assert [path for path in getattr(configured, name) if path not in getattr(plugins, name)] != []
        assert not any("parvis_bees" in path for path in getattr(plugins, name))
    assert "parvis_bees" not in configured.INSTALLED_APPS


@pytest.mark.django_db
def test_no_migration_appears(capsys):
    call_command("makemigrations", "--check", "--dry-run")
    assert "No changes detected" in capsys.readouterr().out


def test_its_plugins_take_the_same_tests_as_ours():
    assert "keeper_number" in {kind.slug for kind in test_conformance.KINDS}
    assert "season" in {kind.slug for kind in test_validators.KINDS}
    assert {"hive_inspector"} <= set(prefill_sources.by_slug)
    assert {"hive_register"} <= set(deliveries.by_slug)


def test_the_source_fills_in_and_says_where_it_knows_it_from(keeper):
    page = keeper.get("1").text
    assert 'value="Gaëlle Butineau"' in page
    assert "From the list of inspectors of hives." in page


def test_the_question_refuses_what_is_no_such_number(keeper):
    response = keeper.post("1", {**RIGHT, **typed(napi="12")})
    assert response.status_code == 422
    assert "A1234567" in response.text


def test_the_check_refuses_a_day_out_of_season(keeper):
    response = keeper.post("1", {**RIGHT, **typed(essaim="24/12/2026")})
    assert response.status_code == 422
    assert f'href="#id_{block_id("essaim")}"' in response.text


def test_a_request_is_filed_found_and_handed_over(keeper, received, django_capture_on_commit_callbacks):
    assert keeper.post("1", RIGHT).headers["Location"] == keeper.url("verifier")
    assert "A 1234567" in keeper.get("verifier").text
    with django_capture_on_commit_callbacks(execute=True):
        assert keeper.send().status_code == 302
    request = ServiceRequest.objects.get()
    assert [answer["shown"] for answer in request.answers] == ["A 1234567", "12\xa0mai 2026", "Gaëlle Butineau"]
    assert request.answers[0]["value"] == "A1234567"
    assert "a1234567" in request.text.folded
    (content,) = received
    assert content["number"] == request.number
    assert content["answers"][0] == {
        "question": block_id("napi"),
        "type": "keeper_number",
        "label": "Numéro d’apiculteur",
        "value": "A1234567",
        "shown": "A 1234567",
    }
