"""What silence was worth, its attestation, and whoever checks one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from cms.accounts.roles import AGENTS, role
from procedures.inbox.attestations import attestation_pdf, code_shown
from procedures.inbox.errors import AlreadyDecided, NotDeemedAccepted, NotYours
from procedures.inbox.models import Attestation, Event
from procedures.inbox.sealing import all_breaks
from procedures.inbox.services.attesting import attest
from procedures.inbox.services.completion import ask_for_completion
from procedures.inbox.services.decision import accept, refuse
from tests.factories.inbox import make_agent, make_procedure, make_request
from tests.factories.procedures import make_department
from tests.pdf_reading import Reading, needs_pango

pytestmark = pytest.mark.django_db
DUE = date(2027, 1, 15)  # of what was filed on 14 November 2026
AFTER = datetime(2027, 1, 20, 9, tzinfo=UTC)


@pytest.fixture
def accepted():
    return make_request(make_procedure(silence_effect="acceptance", title="Inscription à la cantine"))


@pytest.fixture
def after():
    with time_machine.travel(AFTER, tick=False):
        yield


def page(client, request, name="request", **how):
    return client.get(reverse(f"tracking:{name}", args=[request.access_token]), **how)


@pytest.mark.parametrize(("day", "is_deemed"), [(15, False), (16, True)])
def test_silence_accepts_once_the_legal_day_is_over(client, accepted, day, is_deemed):
    with time_machine.travel(datetime(2027, 1, day, 12, tzinfo=UTC), tick=False):
        assert ('id="attestation"' in page(client, accepted).content.decode()) is is_deemed


def test_resident_asks_for_the_attestation_and_has_one_however_often(client, accepted, after):
    at = reverse("tracking:attest", args=[accepted.access_token])
    for _ in range(2):
        assert client.post(at).status_code == 302
    made = Attestation.objects.get()
    assert (made.accepted_on, made.issued_by) == (DUE, None)
    assert accepted.events.filter(kind=Event.Kind.ATTESTED).count() == 1
    assert not list(all_breaks())
    assert "attestation.pdf" in page(client, accepted).content.decode()


def test_agent_issues_it_and_the_resident_is_told(client, accepted, after):
    agent = make_agent(accepted.department, capacity="Directrice")
    agent.groups.add(role(AGENTS))
    client.force_login(agent)
    assert f"/admin/demandes/{accepted.pk}/attest/" in client.get(f"/admin/demandes/{accepted.pk}/").content.decode()
    attest(accepted, agent=agent)
    assert accepted.outbox.last().kind == "attested"
    assert (
        f"/admin/demandes/{accepted.pk}/attest/" not in client.get(f"/admin/demandes/{accepted.pk}/").content.decode()
    )


def test_nothing_is_attested_that_silence_has_not_accepted(accepted):
    agent, stranger = make_agent(accepted.department), make_agent(make_department("Voirie"))
    with pytest.raises(NotDeemedAccepted):
        attest(accepted, at=datetime(2027, 1, 15, 12, tzinfo=UTC))
    with pytest.raises(NotYours):
        attest(accepted, agent=stranger, at=AFTER)
    accept(accepted, agent=agent, at=datetime(2027, 1, 10, 9, tzinfo=UTC))
    with pytest.raises(AlreadyDecided):
        attest(accepted, at=AFTER)
    refusing = make_request(make_procedure(silence_effect="refusal"))
    with pytest.raises(NotDeemedAccepted):
        attest(refusing, at=AFTER)


def test_asking_for_a_document_too_late_takes_nothing_back(accepted):
    agent = make_agent(accepted.department)
    ask_for_completion(accepted, missing=["Livret"], by=date(2027, 2, 1), agent=agent, at=AFTER)
    assert attest(accepted, at=AFTER).accepted_on == DUE


def test_asking_in_time_leaves_nothing_to_attest_while_the_city_waits(accepted):
    agent, asked = make_agent(accepted.department), datetime(2027, 1, 10, 9, tzinfo=UTC)
    ask_for_completion(accepted, missing=["Livret"], by=date(2027, 2, 1), agent=agent, at=asked)
    with pytest.raises(NotDeemedAccepted):  # even if the night's work was not done for days
        attest(accepted, at=datetime(2027, 6, 1, 9, tzinfo=UTC))


def test_page_says_what_to_do_where_silence_refuses(client, after):
    text = page(client, make_request(make_procedure(silence_effect="refusal"))).content.decode()
    assert "L232-4" in text
    assert "Ask for the attestation" not in text


@needs_pango
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_attestation_is_a_document_that_screen_readers_read(client, after, language):
    request = make_request(make_procedure(silence_effect="acceptance"), language=language)
    made = attest(request, agent=make_agent(request.department, capacity="Directrice"))
    read = Reading(b"".join(page(client, request, "attestation_pdf").streaming_content))
    assert read.faults == []
    for said in (request.number, code_shown(made.code), "/verifier/", "Camille Lefèvre", "L232-3", "Nadia Benali"):
        assert said in read.all_text, said


def check(client, code):
    return client.post("/verifier/", {"code": code}).content.decode()


def test_anybody_can_check_a_code_and_learns_nothing_personal(client, accepted, after):
    made = attest(accepted)
    for typed in (code_shown(made.code), made.code.lower(), f" {made.code} "):
        text = check(client, typed)
        assert "This attestation is genuine" in text
        assert "Inscription à la cantine" in text
    assert accepted.number not in text
    assert accepted.tracking_number[-3:] in text
    assert "Lefèvre" not in text
    assert "<form" in text


def test_number_of_the_request_or_an_invented_code_is_no_attestation(
    client, accepted, after, django_assert_num_queries
):
    attest(accepted)
    for typed in (accepted.number, "AAAA-AAAA-AAA", "' OR 1=1"):
        assert "No attestation bears this code" in check(client, typed)
    assert client.post("/verifier/", {"code": ""}).status_code == 400


def test_codes_cannot_be_tried_for_ever(client):
    cache.clear()
    answers = [client.post("/verifier/", {"code": f"AAAA-{n:04}-AAA"}).status_code for n in range(22)]
    assert answers == [200] * 20 + [429] * 2


def test_attestation_of_what_was_refused_since_no_longer_holds(client, accepted, after):
    made = attest(accepted)
    refuse(accepted, agent=make_agent(accepted.department), reason="Illégale.")
    assert "no longer holds" in check(client, made.code)


@needs_pango
def test_resident_finds_the_letters_of_their_request_and_no_other(client, accepted, after):
    mine, theirs = (make_request(accepted.procedure) for _ in range(2))
    for one in (mine, theirs):
        one.letters.create(kind="message", language="fr", subject="Votre dossier", text="Venez lundi.")
    assert "Votre dossier" in page(client, mine).content.decode()
    at = [reverse("tracking:letter_pdf", args=[mine.access_token, one.letters.get().pk]) for one in (mine, theirs)]
    assert [client.get(address).status_code for address in at] == [200, 404]


def test_document_needs_to_have_been_asked_for(client, accepted, after):
    with pytest.raises(Attestation.DoesNotExist):
        attestation_pdf(accepted)
    assert page(client, accepted, "attestation_pdf").status_code == 404
