"""What becomes of e-mails: requests, conversations, failures noted, or nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone

from cms.accounts.roles import AGENTS, role
from procedures.inbox.errors import NotYours
from procedures.inbox.models import Message, OutboxMessage, ServiceRequest
from procedures.inbox.services import completion
from procedures.inbox.services.believing import believe
from procedures.mailbox import treating
from procedures.mailbox.ending import purge_mails
from procedures.mailbox.models import IncomingMail, MailboxRoute
from procedures.mailbox.taking import keep_row
from procedures.mailbox.treating import treat
from tests.antivirus import SICK_PDF
from tests.factories.inbox import PDF, make_agent
from tests.factories.letters import MAILBOX, bounce_of, letter, received
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db


def shown(request: ServiceRequest) -> dict[str, str]:
    return {answer["label"]: answer["shown"] for answer in request.answers}


def replies(request: ServiceRequest, text: str = "Voici.", **headers):
    """An answer to the receipt, as any program of mail writes it."""
    answered = {"in_reply_to": f"<{request.outbox.get(kind='receipt').key}@valmarie.example>"}
    return letter(text, **{"subject": f"Re: {request.number}"} | answered | headers)


def test_letter_becomes_a_request_with_all_it_says(procedure):
    message = letter("Bonjour,\nla lampe est cassée.")
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="photo.pdf")
    row = received(message)
    request = ServiceRequest.objects.get()
    assert (row.state, row.request) == ("filed", request)
    assert (request.channel, request.procedure) == ("email", procedure)
    assert (request.requester_name, request.requester_email) == ("Camille Lefèvre", "camille@exemple.fr")
    assert shown(request)["Votre message"] == "Bonjour,\nla lampe est cassée."
    assert (shown(request)["Subject"], shown(request)["Votre nom"]) == ("Lampadaire", "Camille Lefèvre")
    assert shown(request)["À propos de quoi ?"] == ""
    assert request.attachments.get().original_name == "photo.pdf"
    assert request.outbox.get().kind == "receipt"


def test_same_letter_makes_one_request_however_often_it_comes(procedure):
    message = letter()
    row = received(message)
    assert keep_row(b"Received: by another way\r\n" + message.as_bytes(), 10) is None
    IncomingMail.objects.update(state="waiting", next_attempt_at=timezone.now())
    assert treat(row.pk)  # a crash came before the row was noted
    assert not treat(row.pk)
    assert ServiceRequest.objects.count() == 1


def test_letter_is_treated_again_after_a_failure_and_nothing_is_half_done(procedure, monkeypatch, time_machine):
    def broken(*args):
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(treating, "_done", broken)
        row = received(letter())
    assert (row.state, row.attempts) == ("waiting", 1)
    assert "disk is full" in row.reason
    assert not ServiceRequest.objects.exists()
    time_machine.move_to(timezone.now() + timedelta(minutes=3))
    assert treat(row.pk)
    assert ServiceRequest.objects.count() == 1


def test_address_of_its_own_leads_to_its_procedure(procedure):
    town_hall = make_procedure(title="Voirie")
    MailboxRoute.objects.create(address="Voirie@valmarie.example", procedure=town_hall)
    received(letter(to=None, delivered_to="voirie@valmarie.example"))
    assert ServiceRequest.objects.get().procedure == town_hall


def test_text_too_long_for_the_question_is_kept_whole_beside(procedure):
    received(letter("mot " * 2000))
    assert len(shown(ServiceRequest.objects.get())["E-mail"]) > 7900


@pytest.mark.parametrize("how", ["number in the subject", "number in the text", "letter it answers", "plus address"])
def test_answer_joins_its_request(request_, how, settings):
    settings.MAILBOX_AUTHSERV_ID = "mx.valmarie.example"
    sent = request_.outbox.get()
    message = {
        "number in the subject": letter("Voici.", subject=f"RE: votre demande {request_.number.lower()}"),
        "number in the text": letter(f"Voici pour {request_.number.replace('-', ' ')}."),
        "letter it answers": letter("Voici.", in_reply_to=f"<{sent.key}@valmarie.example>"),
        "plus address": letter("Voici.", to=f"demandes+{request_.number.lower()}@valmarie.example"),
    }[how]
    if how != "letter it answers":
        message["Authentication-Results"] = "mx.valmarie.example; spf=pass; dmarc=pass header.from=exemple.fr"
    row = received(message)
    said = request_.messages.get()
    assert (row.state, said.from_resident, said.by_email, said.unknown_sender) == ("joined", True, True, "")
    assert said.text.startswith("Voici")
    request_.refresh_from_db()
    assert request_.resident_wrote_at is not None
    assert ServiceRequest.objects.count() == 1


def test_answer_with_what_was_missing_completes_the_request(request_):
    agent = make_agent(request_.department)
    completion.ask_for_completion(request_, missing=["Carnet"], by=date(2099, 1, 1), agent=agent)
    message = replies(request_)
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="carnet.pdf")
    received(message)
    request_.refresh_from_db()
    assert request_.status == "in_progress"
    assert request_.messages.get(kind="completion").attachments.get().original_name == "carnet.pdf"


def test_what_the_letter_quotes_is_not_repeated(request_):
    quoted = "Voici la pièce.\n\nLe sam. 14 nov. 2026 à 18:22, Ville <v@valmarie.example> a écrit :\n> Bonjour,\n> lien"
    received(replies(request_, quoted))
    assert request_.messages.get().text == "Voici la pièce."


def test_letter_from_another_address_is_for_agents_alone(client, request_):
    row = received(replies(request_, "Donnez-moi tout.", from_="Un autre <autre@exemple.net>"))
    said = request_.messages.get()
    request_.refresh_from_db()
    assert (row.state, said.unknown_sender, request_.resident_wrote_at) == ("stranger", "autre@exemple.net", None)
    page = client.get(reverse("tracking:request", args=[request_.access_token])).content.decode()
    assert "Donnez-moi tout" not in page
    assert not OutboxMessage.objects.filter(recipient="autre@exemple.net").exists()


def test_many_letters_from_other_addresses_do_not_flood_the_agents(request_):
    make_agent(request_.department)
    for words in ("Une.", "Deux."):
        received(replies(request_, words, from_="autre@exemple.net"))
    assert request_.messages.count() == 2
    assert OutboxMessage.objects.filter(kind="staff_stranger").count() == 1


def test_letter_that_the_senders_domain_disowns_is_a_strangers(request_, settings):
    settings.MAILBOX_AUTHSERV_ID = "mx.valmarie.example"
    forged = replies(request_, authentication_results="mx.valmarie.example; spf=fail; dmarc=fail")
    assert received(forged).state == "stranger"
    own = replies(request_, authentication_results="elsewhere.example; dmarc=fail")
    assert received(own).state == "joined"


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("", "stranger"),
        ("mx.valmarie.example; dmarc=none; dkim=pass header.d=exemple.fr", "joined"),
        ("mx.valmarie.example; dmarc=none; dkim=pass header.d=autre.fr", "stranger"),
        ("mx.valmarie.example; spf=pass smtp.mailfrom=camille@exemple.fr", "joined"),
        ("mx.valmarie.example; spf=pass smtp.mailfrom=moi@autre.fr; dmarc=none", "stranger"),
        ('mx.valmarie.example; spf=pass smtp.mailfrom="x; dmarc=pass "@autre.fr (dmarc=pass; dmarc=pass)', "stranger"),
        ("elsewhere.example; dmarc=pass", "stranger"),
    ],
)
def test_number_and_address_alone_are_believed_only_where_the_server_vouches_for_the_sender(
    request_, settings, said, state
):
    settings.MAILBOX_AUTHSERV_ID = "mx.valmarie.example"
    assert received(letter(subject=request_.number, authentication_results=said or None)).state == state


def test_sender_who_is_not_verified_waits_for_an_agent_then_counts_as_of_the_day_it_came(
    client, request_, time_machine
):
    agent = make_agent(request_.department)
    completion.ask_for_completion(request_, missing=["Carnet"], by=date(2099, 1, 1), agent=agent)
    message = letter("Le carnet.", subject=request_.number)
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="carnet.pdf")
    came = timezone.now()
    row = received(message)
    said = request_.messages.get()
    assert (row.state, row.reason, said.unknown_sender) == ("stranger", "unverified", "camille@exemple.fr")
    address = reverse("tracking:request", args=[request_.access_token])
    assert "Le carnet." not in client.get(address).text
    agent.groups.add(role(AGENTS))
    time_machine.move_to(came + timedelta(days=3))
    client.force_login(agent)
    page = reverse("inbox:request", args=[request_.pk])
    assert "Sender not verified" in client.get(page).text
    for _click in range(2):
        client.post(reverse("inbox:believe", args=[request_.pk, said.pk]))
    assert "Sender not verified" not in client.get(page).text
    request_.refresh_from_db()
    answered = request_.completion_requests.get()
    assert (request_.status, answered.answer, answered.answered_at.date()) == ("in_progress", said, came.date())
    assert request_.events.filter(kind="completion_answered", actor=agent).count() == 1
    assert "Le carnet." in client.get(address).text


def test_only_the_department_says_whose_an_email_is(client, request_):
    received(letter("Voici.", subject=request_.number))
    said, stranger = request_.messages.get(), make_agent(make_procedure().department)
    stranger.groups.add(role(AGENTS))
    client.force_login(stranger)
    assert client.post(reverse("inbox:believe", args=[request_.pk, said.pk])).status_code == 404
    with pytest.raises(NotYours):
        believe(said, agent=stranger)
    agent = make_agent(request_.department)
    assert believe(said, agent=agent)
    request_.refresh_from_db()
    assert (request_.resident_wrote_at, request_.messages.get().unknown_sender) == (said.sent_at, "")


@pytest.mark.parametrize(
    "headers",
    [
        {"auto_submitted": "auto-replied"},
        {"precedence": "bulk"},
        {"list_unsubscribe": "<https://exemple.fr>"},
        {"x_spam_flag": "YES"},
        {"return_path": "<>"},
        {"from_": "no-reply@exemple.fr"},
        {"from_": MAILBOX},
        {"from_": "nonsense"},
    ],
    ids=str,
)
def test_what_machines_send_makes_no_request_and_is_not_answered(request_, headers):
    before = OutboxMessage.objects.count()
    assert received(letter(**headers)).state == "ignored"
    assert received(replies(request_, **headers)).state == "ignored"
    assert (ServiceRequest.objects.count(), OutboxMessage.objects.count()) == (1, before)
    assert not Message.objects.exists()


def test_our_own_letter_that_comes_back_as_it_is_goes_no_further(request_):
    sent = request_.outbox.get()
    own = letter(message_id=f"<{sent.key}@valmarie.example>", from_="Ville <mairie@valmarie.example>")
    assert received(own).state == "ignored"


def test_files_that_cannot_be_kept_are_named_to_the_sender_and_the_rest_is_kept(procedure, clamd, settings):
    settings.CLAMD_URL = clamd.unix
    message = letter()
    for name, content in (
        ("bon.pdf", PDF),
        ("virus.pdf", SICK_PDF),
        ("tableau.exe", b"MZ\x90\0"),
        ("vide.pdf", b""),
    ):
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    message.add_attachment(b"x", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="invite.ics")
    received(message)
    request = ServiceRequest.objects.get()
    assert [file.original_name for file in request.attachments.all()] == ["bon.pdf"]
    told = " ".join(request.outbox.get(kind="files_refused").payload["refused"])
    assert [name in told for name in ("virus.pdf", "tableau.exe", "vide.pdf", "winmail.dat")] == [True] * 4
    assert "invite.ics" not in told


def test_sender_who_writes_without_end_waits_for_the_next_hour(procedure, settings, time_machine):
    settings.MAILBOX_PER_SENDER = 2
    rows = [received(letter(f"Lettre {number}")) for number in range(3)]
    assert [row.state for row in rows] == ["filed", "filed", "waiting"]
    assert received(letter(from_="paul@exemple.fr")).state == "filed"
    time_machine.move_to(timezone.now() + timedelta(minutes=61))
    assert treat(rows[2].pk)
    assert ServiceRequest.objects.count() == 4


def test_report_of_failure_marks_the_message_and_tells_the_agents(request_):
    sent = request_.outbox.get()
    assert received(bounce_of(sent, action="delayed", status="4.4.1")).state == "ignored"
    row = received(bounce_of(sent))
    sent.refresh_from_db()
    request_.refresh_from_db()
    assert (row.state, row.request, sent.state) == ("bounce", request_, "bounced")
    assert "User unknown" in sent.last_error
    assert request_.mail_failed_at is not None
    assert not Message.objects.exists()


def test_report_in_an_old_servers_own_words_is_understood(request_):
    sent = request_.outbox.get()
    words = f"Your message could not be delivered.\n\nMessage-ID: <{sent.key}@valmarie.example>\n"
    assert received(letter(words, from_="MAILER-DAEMON@old.example", subject="failure notice")).state == "bounce"
    sent.refresh_from_db()
    assert sent.state == "bounced"


def test_letter_without_a_procedure_is_kept_until_somebody_says_where_it_goes(procedure, settings, time_machine):
    settings.MAILBOX_PROCEDURE = ""
    row = received(letter())
    for _attempt in range(treating.MOST_ATTEMPTS):
        time_machine.move_to(timezone.now() + timedelta(hours=9))
        treat(row.pk)
    row.refresh_from_db()
    assert (row.state, "MAILBOX_PROCEDURE" in row.reason) == ("failed", True)
    assert purge_mails(timezone.now() + timedelta(days=400)) == 0
    assert storages["private"].exists(row.storage_name)


def test_letters_as_they_came_are_deleted_in_time(procedure, time_machine):
    row = received(letter())
    assert purge_mails() == 0
    time_machine.move_to(timezone.now() + timedelta(days=31))
    assert purge_mails() == 1
    assert not IncomingMail.objects.exists()
    assert not storages["private"].exists(row.storage_name)
    assert ServiceRequest.objects.count() == 1


def test_letter_in_arabic_is_a_request_in_arabic_where_the_procedure_is(procedure):
    received(letter("السلام عليكم، المصباح مكسور", subject="مصباح"))
    request = ServiceRequest.objects.get()
    assert request.language == "fr"  # this procedure is not translated
    assert shown(request)["Votre message"].startswith("السلام")
