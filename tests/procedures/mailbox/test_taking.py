"""Taking letters out of a real mailbox: each once, none lost, whatever breaks between the two."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from procedures.inbox.models import ServiceRequest
from procedures.mailbox import taking, tasks
from procedures.mailbox.models import IncomingMail
from tests.factories.letters import letter
from tests.running import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(imap_server, procedure, settings):
    imap_server.empty()
    settings.MAILBOX_URL = imap_server.url
    return imap_server


def test_letters_become_requests_and_the_mailbox_is_left_tidy(mailbox, settings):
    mailbox.deliver(letter(subject="Une").as_bytes(), letter(subject="Deux", from_="paul@exemple.fr").as_bytes())
    tasks.read()
    assert sorted(row.state for row in IncomingMail.objects.all()) == ["filed", "filed"]
    assert (mailbox.names(), sorted(mailbox.names("Parvis"))) == ([], ["Deux", "Une"])
    tasks.read()
    assert ServiceRequest.objects.count() == 2


def test_crash_before_the_mailbox_was_told_makes_no_second_request(mailbox, monkeypatch):
    def cut(*args):
        raise ConnectionResetError

    mailbox.deliver(letter(subject="Une").as_bytes())
    with monkeypatch.context() as patch:
        patch.setattr("imap_tools.mailbox.BaseMailBox.move", cut)
        tasks.read()
    assert mailbox.names() == ["Une"]
    assert IncomingMail.objects.get().state == "filed"  # the row was there: it is treated all the same
    tasks.read()
    assert (mailbox.names(), ServiceRequest.objects.count()) == ([], 1)


def test_letter_stays_in_the_mailbox_while_the_database_does_not_answer(mailbox, monkeypatch):
    def down(*args, **kwargs):
        raise OperationalError

    mailbox.deliver(letter(subject="Une").as_bytes())
    with monkeypatch.context() as patch:
        patch.setattr(IncomingMail.objects, "create", down)
        tasks.read()
    assert (mailbox.names(), IncomingMail.objects.count()) == (["Une"], 0)
    tasks.read()
    assert ServiceRequest.objects.count() == 1


def test_letter_too_large_is_named_and_stays_where_it_can_be_read(mailbox, settings):
    settings.MAILBOX_MAX_BYTES = 2_000
    mailbox.deliver(letter("x" * 3_000, subject="Énorme").as_bytes())
    tasks.read()
    said = [answer["shown"] for answer in ServiceRequest.objects.get().answers]
    assert any("too large to be read here" in text for text in said)
    assert mailbox.names("Parvis") == ["Énorme"]


def test_mailbox_that_does_not_answer_keeps_nothing_else_from_being_read(mailbox, settings, caplog):
    settings.MAILBOX_BOUNCES_URL, settings.MAILBOX_URL = mailbox.url, f"imap://a:secret@127.0.0.1:{free_port()}/INBOX"
    mailbox.deliver(letter(subject="Une").as_bytes())
    tasks.read()
    assert ServiceRequest.objects.count() == 1
    assert "could not be read" in caplog.text
    assert "secret" not in caplog.text


def test_wrong_password_is_not_written_in_the_log(mailbox, settings, caplog):
    settings.MAILBOX_URL = mailbox.url.replace("only-for-tests", "wrong-password")
    assert taking.take_all() == []
    assert "wrong-password" not in caplog.text


def test_administrators_see_what_became_of_each_letter_and_nobody_writes_there(mailbox, admin_client):
    mailbox.deliver(letter(subject="Une").as_bytes())
    tasks.read()
    page = admin_client.get("/admin/snippets/mailbox/incomingmail/").content.decode()
    assert "Became a request" in page
    assert "Lampadaire" not in page
    assert admin_client.get("/admin/snippets/mailbox/incomingmail/add/").status_code in (302, 403, 404)
    assert admin_client.get("/admin/snippets/mailbox/mailboxroute/add/").status_code == 200


def test_letter_that_nobody_can_read_keeps_no_other_from_being_read_and_is_kept_for_somebody_to_see(mailbox):
    head = "From: a@exemple.fr\nContent-Type: multipart/mixed; boundary=b0\n\n"
    parts = (f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(2000))
    mailbox.deliver((head + "".join(parts)).encode(), letter(subject="Une").as_bytes())
    tasks.read()
    assert (mailbox.names(), ServiceRequest.objects.count()) == ([], 1)
    unread = IncomingMail.objects.get(state=IncomingMail.State.WAITING)
    assert (unread.storage_name != "", unread.reason[:14]) == (True, "RecursionError")
