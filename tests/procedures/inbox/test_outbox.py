"""The outbox against a real mail server that works, refuses, dawdles or is down."""

from __future__ import annotations

import socket
import threading
import time
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.db import connection, transaction
from django.utils import timezone

from procedures.inbox.delivery import claim, deliver, due_messages, pause_after
from procedures.inbox.models import Event, OutboxMessage
from procedures.inbox.services.filing import register_request
from procedures.inbox.tasks import deliver_message, sweep_outbox
from tests.factories.inbox import make_procedure, make_request, new_request


class Sink:
    """Keeps what it receives; answers ``reply`` to recipients, after ``pause_seconds``."""

    def __init__(self) -> None:
        self.received: list = []
        self.reply = "250 OK"
        self.pause_seconds = 0.0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.reply

    async def handle_DATA(self, server, session, envelope):
        time.sleep(self.pause_seconds)
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def sink(settings):
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", controller.port, 1
    yield handler
    controller.stop()


@pytest.fixture
def message(db, sink):
    return make_request().outbox.get()


def test_message_leaves_once_the_request_is_committed(db, sink, settings, django_capture_on_commit_callbacks):
    new = new_request()
    with django_capture_on_commit_callbacks(execute=True):
        request = register_request(new)
        assert not sink.received
    sent = request.outbox.get()
    assert (sent.state, sent.attempts, len(sink.received)) == ("sent", 1, 1)


def test_nothing_leaves_when_the_transaction_is_rolled_back(db, sink, django_capture_on_commit_callbacks):
    procedure = make_procedure()
    with django_capture_on_commit_callbacks(execute=True):
        try:
            with transaction.atomic():
                make_request(procedure)
                raise RuntimeError
        except RuntimeError:
            pass
    assert not OutboxMessage.objects.exists()
    assert not sink.received


def test_queue_that_is_down_loses_nothing(db, sink, monkeypatch, django_capture_on_commit_callbacks):
    def unreachable(*args, **kwargs):
        raise ConnectionError("no broker")

    monkeypatch.setattr(deliver_message, "apply_async", unreachable)
    with django_capture_on_commit_callbacks(execute=True):
        request = make_request()
    assert not sink.received
    monkeypatch.undo()
    sweep_outbox()
    assert request.outbox.get().state == "sent"


def test_message_is_sent_once_however_often_it_is_asked_for(message, sink):
    assert deliver(message.pk)
    assert not deliver(message.pk)
    sweep_outbox()
    assert len(sink.received) == 1


def test_message_says_in_two_forms_whose_it_is(message, sink):
    deliver(message.pk)
    mail = sink.received[0]
    assert mail["Message-ID"] == f"<{message.key}@valmarie.example>"
    assert mail["To"] == "camille@exemple.fr"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    for said in (message.request.number, message.request.access_token):
        assert said in text
        assert said in html


def test_server_that_is_down_is_tried_again_later(message, sink, settings):
    settings.EMAIL_PORT = free_port()
    assert not deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("waiting", 1)
    assert "refused" in message.last_error.lower()
    assert message.next_attempt_at > timezone.now()
    assert due_messages(timezone.now()) == []


def test_server_that_comes_back_gets_the_message_under_the_same_id(message, sink, time_machine):
    sink.reply = "451 Try again later"
    deliver(message.pk)
    assert not sink.received
    sink.reply = "250 OK"
    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    sweep_outbox()
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == ("sent", 2, "")
    assert sink.received[0]["Message-ID"] == f"<{message.key}@valmarie.example>"


def test_slow_server_does_not_hold_the_message_for_ever(message, sink):
    sink.pause_seconds = 2
    assert not deliver(message.pk)
    message.refresh_from_db()
    assert message.state == "waiting"
    assert "timed out" in message.last_error


def test_address_that_is_refused_for_good_is_told_to_the_agents(message, sink):
    sink.reply = "550 No such mailbox"
    assert not deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("failed", 1)
    event = message.request.events.last()
    assert (event.kind, event.visible_to_resident) == (Event.Kind.MAIL_FAILED, False)


def test_message_is_given_up_after_days_of_trying(message, sink):
    OutboxMessage.objects.filter(pk=message.pk).update(created_at=timezone.now() - timedelta(days=6))
    sink.reply = "451 Try again later"
    deliver(message.pk)
    message.refresh_from_db()
    assert message.state == "failed"


def test_worker_that_dies_leaves_the_message_to_the_next_sweep(message, sink, time_machine):
    assert claim(message.pk, timezone.now())
    sweep_outbox()
    assert not sink.received
    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    sweep_outbox()
    assert len(sink.received) == 1


def test_pauses_double_up_to_six_hours():
    pauses = [pause_after(attempts) for attempts in range(1, 12)]
    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert pauses[-1] == timedelta(hours=6)
    assert pauses == sorted(pauses)


@pytest.mark.django_db(transaction=True)
def test_message_has_one_claim_among_many_workers():
    pk = make_request().outbox.get().pk
    OutboxMessage.objects.filter(pk=pk).update(state="waiting", next_attempt_at=timezone.now())
    start, won = threading.Barrier(8), []

    def work() -> None:
        try:
            start.wait(10)
            won.append(claim(pk, timezone.now()) is not None)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(won) == [False] * 7 + [True]
