"""E-mails that do not arrive: agents are told to phone, see it on the request, and say when they have."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms.accounts.roles import AGENTS, role
from procedures.inbox.errors import NothingToSay, NotYours
from procedures.inbox.models import Event, Message, OutboxMessage
from procedures.inbox.services import bounces, conversation, handling
from tests.factories.inbox import received_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(request_):
    OutboxMessage.objects.update(state="sent")
    return request_.outbox.get()


def test_message_that_came_back_is_marked_and_the_agent_told(request_, agent, letter):
    handling.take(request_, agent=agent)
    event = bounces.note_bounce(letter, "550 5.1.1 no such user")
    request_.refresh_from_db()
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == ("bounced", "550 5.1.1 no such user")
    assert (event.kind, event.visible_to_resident) == (Event.Kind.MAIL_BOUNCED, False)
    assert "no such user" not in str(event.data)
    assert request_.mail_failed_at is not None
    told = OutboxMessage.objects.get(kind="staff_unreachable")
    assert told.recipient == agent.email


def test_the_same_report_of_failure_twice_says_it_once(request_, agent, letter):
    assert bounces.note_bounce(letter, "550")
    assert bounces.note_bounce(letter, "550") is None
    assert request_.events.filter(kind=Event.Kind.MAIL_BOUNCED).count() == 1


def test_agents_are_told_once_until_somebody_has_reached_the_resident(request_, agent, letter):
    conversation.write_to_resident(request_, text="Bonjour", agent=agent)
    for row in request_.outbox.filter(recipient=request_.requester_email):
        bounces.note_bounce(row, "550")
    assert OutboxMessage.objects.filter(kind="staff_unreachable").count() == 1
    bounces.reached(request_, how="Appelée, elle a pris note.", agent=agent)
    request_.refresh_from_db()
    assert request_.mail_failed_at is None
    conversation.write_to_resident(request_, text="Encore", agent=agent)
    bounces.note_bounce(request_.outbox.filter(kind="message").last(), "550")
    assert OutboxMessage.objects.filter(kind="staff_unreachable").count() == 2


def test_letter_to_a_colleague_that_comes_back_says_nothing_of_the_resident(request_, agent, letter):
    bounces.note_bounce(letter, "550")
    told = OutboxMessage.objects.get(kind="staff_unreachable")
    bounces.reached(request_, how="Appelée.", agent=agent)
    bounces.note_bounce(told, "550 mailbox full")
    request_.refresh_from_db()
    assert request_.mail_failed_at is None


def test_only_the_department_notes_that_it_reached_the_resident(request_, agent, stranger, letter):
    bounces.note_bounce(letter, "550")
    with pytest.raises(NotYours):
        bounces.reached(request_, how="Appelée.", agent=stranger)
    with pytest.raises(NothingToSay):
        bounces.reached(request_, how=" ", agent=agent)


def test_page_shows_what_became_of_each_letter_and_offers_to_note_the_call(client, request_, agent, letter):
    agent.groups.add(role(AGENTS))
    client.force_login(agent)
    address = reverse("inbox:request", args=[request_.pk])
    page = client.get(address).content.decode()
    assert "handed to the mail server" in page
    assert "I have reached the resident" not in page
    bounces.note_bounce(letter, "550 no such user")
    page = client.get(address).content.decode()
    assert "came back: the resident has not read it" in page
    assert "550 no such user" in page
    assert "I have reached the resident" in page


def test_mail_from_a_stranger_is_for_agents_alone(client, request_, agent):
    handling.take(request_, agent=agent)
    before = request_.resident_wrote_at
    message = conversation.keep_from_stranger(
        request_, sender="inconnu@exemple.net", text="Je suis son mari.", files=(received_file(),)
    )
    request_.refresh_from_db()
    assert (message.unknown_sender, request_.resident_wrote_at) == ("inconnu@exemple.net", before)
    assert OutboxMessage.objects.filter(kind="staff_stranger", recipient=agent.email).exists()
    page = client.get(reverse("tracking:request", args=[request_.access_token])).content.decode()
    assert "Je suis son mari" not in page
    file = message.attachments.get()
    assert client.get(reverse("tracking:file", args=[request_.access_token, file.key])).status_code == 404
    assert Message.objects.count() == 1
