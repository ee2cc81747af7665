"""What else happens to a filed request: the deliveries that want it get it, whatever breaks meanwhile."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone
from parvis_bees.register import HiveRegister

from procedures.definition.models import Procedure
from procedures.inbox.delivery import deliver
from procedures.inbox.models import Event, OutboxMessage, ServiceRequest
from procedures.inbox.services.filing import register_request
from procedures.inbox.tasks import sweep_outbox
from procedures.plugins import deliveries
from tests.factories.inbox import make_answer, make_procedure, new_request, received_file

pytestmark = pytest.mark.django_db


class Register(ThreadingHTTPServer):
    """Another system: answers ``status`` and remembers what it took."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.received = 200, []


class Handler(BaseHTTPRequestHandler):
    server: Register

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.status == 200:
            self.server.received.append((self.headers["Idempotency-Key"], json.loads(body)))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def register(settings) -> Iterator[Register]:
    server = Register()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.BEES_REGISTER_URL = f"http://127.0.0.1:{server.server_port}/"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def hives() -> Procedure:
    return make_procedure(title="Déclarer des ruches", slug="declarer-des-ruches")


def file(procedure: Procedure) -> ServiceRequest:
    return register_request(
        new_request(procedure, answers=(make_answer("Ruches", "3", value=3),), files=(received_file(),))
    )


def handed_over(request: ServiceRequest) -> OutboxMessage:
    return request.outbox.get(delivery="hive_register")


def test_a_filed_request_reaches_the_system_that_wants_it(register, hives, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        request = file(hives)
        assert not register.received
    ((key, content),) = register.received
    assert key == str(handed_over(request).key)
    assert (content["kind"], content["number"], content["procedure"]) == ("filed", request.number, hives.slug)
    assert content["title"] == "Déclarer des ruches"
    assert content["requester"]["email"] == "camille@exemple.fr"
    assert [(answer["label"], answer["value"], answer["shown"]) for answer in content["answers"]] == [
        ("Ruches", 3, "3")
    ]
    assert [file["original_name"] for file in content["files"]] == ["vaccins.pdf"]
    assert handed_over(request).state == "sent"


def test_the_resident_still_has_the_receipt(hives):
    assert sorted(file(hives).outbox.values_list("kind", "delivery")) == [
        ("filed", "hive_register"),
        ("receipt", "email"),
    ]


def test_a_request_nobody_else_wants_goes_nowhere_else():
    assert list(file(make_procedure()).outbox.values_list("delivery", flat=True)) == ["email"]


def test_the_same_request_sent_twice_is_handed_over_once(hives):
    new = new_request(hives)
    assert register_request(new) == register_request(new)
    assert OutboxMessage.objects.filter(kind="filed").count() == 1


def test_a_system_that_is_down_gets_it_later_under_the_same_key(register, hives, time_machine):
    message = handed_over(file(hives))
    register.status = 503
    assert not deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("waiting", 1)
    assert message.next_attempt_at > timezone.now()
    register.status = 200
    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    sweep_outbox()
    assert [key for key, _content in register.received] == [str(message.key)]


def test_agents_are_told_when_it_is_given_up(register, hives):
    request = file(hives)
    message = handed_over(request)
    OutboxMessage.objects.filter(pk=message.pk).update(created_at=timezone.now() - timedelta(days=6))
    register.status = 500
    deliver(message.pk)
    event = request.events.last()
    assert (event.kind, event.data["to"], event.visible_to_resident) == (
        Event.Kind.DELIVERY_FAILED,
        "Register of hives",
        False,
    )


def test_a_plugin_that_breaks_while_filing_stops_nothing(hives, monkeypatch):
    def broken(self: HiveRegister, procedure: str) -> bool:
        raise RuntimeError

    monkeypatch.setattr(HiveRegister, "wants", broken)
    assert file(hives).outbox.get().kind == "receipt"


def test_what_waits_for_an_uninstalled_delivery_stays_and_tells_why(hives, settings):
    message = handed_over(file(hives))
    settings.DELIVERIES = ["procedures.inbox.email.Email"]
    assert "hive_register" not in deliveries
    assert not deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.last_error) == ("waiting", "KeyError: 'hive_register'")
