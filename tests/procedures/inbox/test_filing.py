"""Registering a request: everything or nothing, once."""

from __future__ import annotations

import threading
from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from procedures.inbox import tracking_number
from procedures.inbox.models import Attachment, Event, OutboxMessage, ServiceRequest
from procedures.inbox.received import Requester
from procedures.inbox.services import filing
from procedures.inbox.services.filing import register_request
from tests.factories.inbox import make_agent, make_answer, make_procedure, new_request, received_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure():
    return make_procedure(silence_effect="acceptance", announced_delay_days=14)


def test_request_is_kept_with_its_answers_files_event_and_receipt(procedure):
    new = new_request(procedure, answers=(make_answer(shown="Inès"),), files=(received_file(question_id="q"),))
    request = register_request(new)
    assert tracking_number.read(request.number) == request.tracking_number
    assert request.department == procedure.department
    assert request.answers[0]["shown"] == "Inès"
    assert request.attachments.get().question_id == "q"
    event = request.events.get()
    assert (event.kind, event.actor_kind, event.data["files"]) == ("filed", "resident", 1)
    letter = OutboxMessage.objects.get(request=request)
    assert (letter.kind, letter.recipient, letter.state) == ("receipt", "camille@exemple.fr", "waiting")


def test_dates_are_promised_on_the_day_of_receipt(procedure):
    request = register_request(new_request(procedure))
    assert request.due_on == date(2027, 1, 15)
    assert request.announced_on == date(2026, 11, 28)
    assert request.due_key == date(2026, 11, 28)


def test_same_key_gives_the_same_request(procedure):
    new = new_request(procedure, files=(received_file(),))
    assert register_request(new) == register_request(new)
    counted = (ServiceRequest, Event, OutboxMessage, Attachment)
    assert [model.objects.count() for model in counted] == [1, 1, 1, 1]


def test_taken_tracking_number_is_drawn_again(procedure, monkeypatch):
    taken = register_request(new_request(procedure)).tracking_number
    drawn = iter([taken, taken, "0" * 10 + tracking_number.check_character("0" * 10)])
    monkeypatch.setattr(filing, "new_tracking_number", lambda: next(drawn))
    assert register_request(new_request(procedure)).tracking_number == "00000000000"


def test_nothing_is_kept_when_something_fails(procedure, monkeypatch):
    twice = received_file()
    with pytest.raises(IntegrityError), transaction.atomic():
        register_request(new_request(procedure, files=(twice, twice)))
    assert not ServiceRequest.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_request_typed_by_an_agent_says_so_and_needs_no_email(procedure):
    agent = make_agent(procedure.department)
    request = register_request(
        new_request(procedure, channel="phone", entered_by=agent, requester=Requester("Jean Moreau"))
    )
    assert (request.status, request.channel) == ("registered", "phone")
    assert request.events.get(kind="filed").actor == agent
    assert not request.outbox.exists()
    assert request.letters.get().to_print


@pytest.mark.parametrize("typed", ["lefevre", "Lefèvre CAMILLE", "ines", "0612345678", "camille@exemple.fr"])
def test_request_is_found_by_what_it_says(procedure, typed):
    request = register_request(new_request(procedure))
    assert list(ServiceRequest.objects.search(typed)) == [request]


@pytest.mark.parametrize("typed", ["dupont", "le", "", "camille dupont", "%%%", "___"])
def test_other_words_find_nothing(procedure, typed):
    register_request(new_request(procedure))
    assert not ServiceRequest.objects.search(typed).exists()


def test_request_is_found_by_its_number_however_typed(procedure):
    request = register_request(new_request(procedure))
    register_request(new_request(procedure))
    assert list(ServiceRequest.objects.search(request.number.lower().replace("-", " "))) == [request]


@pytest.mark.django_db(transaction=True)
def test_two_processes_with_one_key_make_one_request(procedure):
    key, results = uuid4(), []
    start = threading.Barrier(4)

    def send() -> None:
        try:
            new = new_request(procedure, idempotency_key=key)
            start.wait(10)
            results.append(register_request(new).tracking_number)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(results) == 4
    assert len(set(results)) == 1
    assert ServiceRequest.objects.count() == OutboxMessage.objects.count() == Event.objects.count() == 1
