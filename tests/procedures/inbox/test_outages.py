"""Mail server down, silent or moody, queue down, worker killed: every message leaves at last, and once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings as site
from django.utils import timezone
from kombu import Connection

from procedures.inbox.delivery import due_messages, sweep
from procedures.inbox.desk.mails import mails_of
from procedures.inbox.models import OutboxMessage
from procedures.inbox.received import Requester
from procedures.inbox.services.filing import register_request
from tests.factories.inbox import make_procedure, make_request, new_request
from tests.mail_server import MailServer, silent_server, use_mail_server
from tests.procedures.filing.test_kill import database_url
from tests.running import free_port

pytestmark = pytest.mark.django_db
State = OutboxMessage.State


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    """A mail server that is up; its port stays the same when it is stopped and started."""
    made = MailServer()
    made.start(use_mail_server(settings))
    yield made
    made.stop()


def from_resident(number: int, procedure=None):
    return make_request(procedure, requester=Requester("Camille", f"resident{number}@exemple.fr"))


def pass_minutes(time_machine, minutes: int) -> None:
    """Let the clock run, a sweep each minute."""
    for _minute in range(minutes):
        time_machine.move_to(timezone.now() + timedelta(minutes=1))
        sweep()


def test_server_that_is_down_for_an_hour_costs_nobody_a_message(server, settings, time_machine):
    procedure = make_procedure()
    server.stop()
    for number in range(4):
        from_resident(number, procedure)
        for _quarter in range(3):
            time_machine.move_to(timezone.now() + timedelta(minutes=5))
            sweep()
    assert OutboxMessage.objects.filter(state=State.WAITING).count() == 4
    server.start(settings.EMAIL_PORT)
    time_machine.move_to(timezone.now() + timedelta(minutes=33))  # the longest pause after an hour
    sweep()
    assert [len(server.of(f"resident{number}@exemple.fr")) for number in range(4)] == [1] * 4
    assert not any("X-May-Be-Double" in message for message in server.received)
    assert not OutboxMessage.objects.exclude(state=State.SENT).exists()


def test_server_that_never_answers_is_asked_a_few_times_a_sweep_and_holds_up_nothing_else(
    server, settings, time_machine
):
    up, procedure = settings.EMAIL_PORT, make_procedure()
    rows = [from_resident(number, procedure).outbox.get().pk for number in range(8)]
    other = OutboxMessage.objects.create(
        request=make_request(procedure), kind="filed", delivery="hive_register", language="fr"
    )
    with silent_server() as port:
        settings.EMAIL_PORT = port
        sweep()
    assert sum(OutboxMessage.objects.filter(pk__in=rows).values_list("attempts", flat=True)) == 3
    other.refresh_from_db()
    assert other.attempts == 1
    assert len(due_messages(timezone.now())) >= 5
    settings.EMAIL_PORT = up
    pass_minutes(time_machine, 3)
    assert OutboxMessage.objects.filter(pk__in=rows, state=State.SENT).count() == 8
    assert len(server.received) == 9


def test_new_message_does_not_wait_for_a_server_known_to_be_silent(
    server, settings, django_capture_on_commit_callbacks, time_machine
):
    up, procedure = settings.EMAIL_PORT, make_procedure()
    with silent_server() as port:
        settings.EMAIL_PORT = port
        from_resident(1, procedure)
        sweep()
        with django_capture_on_commit_callbacks(execute=True):
            later = from_resident(2, procedure)
    assert later.outbox.get().attempts == 0
    settings.EMAIL_PORT = up
    sweep()
    assert later.outbox.get().state == State.SENT


def test_address_that_is_refused_keeps_no_other_from_its_message(server):
    procedure = make_procedure()
    refused, taken = from_resident(1, procedure), from_resident(2, procedure)
    server.replies["resident1@exemple.fr"] = "550 5.1.1 no such user"
    sweep()
    refused.refresh_from_db()
    assert (refused.outbox.first().state, refused.mail_failed_at is not None) == (State.FAILED, True)
    assert taken.outbox.get().state == State.SENT
    assert len(server.received) == 1


def test_message_refused_for_good_after_it_was_read_is_not_tried_again(server):
    request = from_resident(1)
    server.after_data = "reply 554 5.7.1 we do not like it"
    sweep()
    assert request.outbox.get(kind="receipt").state == State.FAILED


def test_server_that_says_later_gets_it_once_and_unmarked(server, time_machine):
    request = from_resident(1)
    server.replies["resident1@exemple.fr"] = "451 4.7.1 greylisted"
    pass_minutes(time_machine, 2)
    assert request.outbox.get().state == State.WAITING
    server.replies.clear()
    pass_minutes(time_machine, 5)
    (message,) = server.received
    assert "X-May-Be-Double" not in message
    assert request.outbox.get().state == State.SENT


def test_connection_cut_once_the_message_was_given_marks_the_second_copy(server, time_machine):
    request = from_resident(1)
    server.after_data = "hang up"
    sweep()
    row = request.outbox.get()
    assert (row.state, row.may_be_double) == (State.WAITING, True)
    server.after_data = ""
    pass_minutes(time_machine, 2)
    first, second = server.received
    assert first["Message-ID"] == second["Message-ID"] == f"<{row.key}@valmarie.example>"
    assert ("X-May-Be-Double" in first, second["X-May-Be-Double"]) == (False, "yes")
    assert mails_of(request)[0].became == "handed to the mail server, perhaps twice"


def test_server_that_answers_too_late_marks_the_second_copy_too(server, time_machine):
    request = from_resident(1)
    server.after_data = "stall"
    sweep()
    server.after_data = ""
    server.go_on.set()
    pass_minutes(time_machine, 2)
    assert [message["X-May-Be-Double"] for message in server.received] == [None, "yes"]
    assert request.outbox.get().state == State.SENT


def test_queue_that_is_down_while_filing_makes_nobody_wait_and_loses_nothing(
    server, monkeypatch, django_capture_on_commit_callbacks
):
    new, asked = new_request(), []
    nowhere = Connection(f"redis://127.0.0.1:{free_port()}/0", transport_options=site.REDIS_QUEUE_OPTIONS)
    task = current_app.tasks["inbox.deliver_message"]
    publish = task.apply_async

    def to_nowhere(*args, **options):
        asked.append(args)
        return publish(*args, **options, connection=nowhere)

    def waits(_seconds):
        raise AssertionError("whoever files would wait")

    monkeypatch.setattr(task, "apply_async", to_nowhere)
    monkeypatch.setattr("kombu.utils.functional.sleep", waits)
    current_app.conf.task_always_eager = False
    try:
        with django_capture_on_commit_callbacks(execute=True):
            request = register_request(new)
    finally:
        current_app.conf.task_always_eager = True
    assert (len(asked), request.outbox.get().state) == (1, State.WAITING)
    sweep()
    assert request.outbox.get().state == State.SENT
    assert len(server.received) == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_worker_killed_while_sending_leaves_it_to_the_next_which_says_so(server, time_machine):
    request = make_request()
    # Committed, so it has left already: it is to leave again, and this time be cut.
    OutboxMessage.objects.update(state=State.WAITING, attempts=0, next_attempt_at=timezone.now())
    server.received.clear()
    server.after_data = "stall"
    code = f"from procedures.inbox.delivery import deliver; deliver({request.outbox.get().pk})"
    smtp = f"smtp://127.0.0.1:{server.controller.port}"
    environment = {**os.environ, "DATABASE_URL": database_url(), "SMTP_URL": smtp}
    worker = subprocess.Popen([sys.executable, "manage.py", "shell", "-c", code], env=environment, cwd=site.BASE_DIR)
    deadline = time.monotonic() + 60
    while not server.received and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    server.after_data = ""
    server.go_on.set()
    row = request.outbox.get()
    assert (row.state, row.attempts) == (State.WAITING, 1)
    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    sweep()
    first, second = server.received
    assert first["Message-ID"] == second["Message-ID"]
    assert second["X-May-Be-Double"] == "yes"
