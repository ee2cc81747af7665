"""The page of a request."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from procedures.inbox.letters import write_letter
from procedures.inbox.models import Event
from procedures.inbox.services.completion import answer_completion, ask_for_completion
from procedures.inbox.services.conversation import write_note, write_to_resident
from procedures.inbox.services.decision import accept, close, refuse
from procedures.inbox.services.handling import assign, forward, take
from procedures.inbox.services.writing import SYSTEM, record
from tests.factories.inbox import make_agent, make_procedure, make_request, received_file
from tests.factories.procedures import make_department

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_21_november(time_machine):
    time_machine.move_to(NOW)


def english(resident, link):
    response = resident.get("/en" + link)
    assert response.status_code == 200
    return response.content.decode()


def ask(filed, agent, **fields):
    fields = {"missing": ["Page des vaccins"], "by": date(2026, 12, 3), "agent": agent} | fields
    ask_for_completion(filed, **fields)


def test_page_shows_number_procedure_answers_dates_and_contact(resident, filed, link):
    html = english(resident, link)
    for said in (
        filed.number,
        "Inscription à la cantine",
        "Inès Lefèvre",
        "28\u00a0November 2026",
        "15\u00a0January 2027",
        "deemed accepted",
        "État civil",
        "02 00 00 00 10",
        "Carnet de santé.pdf",
        "Your request has arrived",
        "14\u00a0November 2026, 18:22",
    ):
        assert said in html, said


@pytest.mark.parametrize("path", ["", "accuse/"])
@pytest.mark.parametrize("prefix", ["", "/en", "/ar"])
def test_page_is_private_in_every_language(resident, link, path, prefix):
    response = resident.get(f"{prefix}{link}{path}")
    assert response.status_code == 200
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"]
    html = response.content.decode()
    assert "style=" not in html
    assert "csrfmiddlewaretoken" not in html
    assert f'lang="{prefix.strip("/") or "fr"}"' in html


@pytest.mark.parametrize("token", ["x", "A" * 43, "é", "..", "%00", "' or 1=1"])
def test_wrong_link_opens_nothing(resident, filed, token):
    assert resident.get(f"/suivi/{token}/").status_code == 404


def test_fingerprint_of_the_link_does_not_open_it(resident, filed):
    assert resident.get(f"/suivi/{filed.access_hash}/").status_code == 404


EVENTS = {
    "taken": (lambda r, a: take(r, agent=a), "Taken up by Nadia Benali", "is moving forward"),
    "assigned": (lambda r, a: assign(r, to=a, agent=a), "Entrusted to Nadia Benali", "has arrived"),
    "forwarded": (
        lambda r, a: forward(r, department=make_department("Écoles"), reason="Secret", agent=a),
        "Passed on to the department “Écoles”",
        "is moving forward",
    ),
    "message": (lambda r, a: write_to_resident(r, text="Deux mots", agent=a), "Deux mots", "has arrived"),
    "asked": (ask, "Page des vaccins", "We are waiting for you"),
    "accepted": (lambda r, a: accept(r, agent=a, reason="À lundi"), "À lundi", "is accepted"),
    "refused": (lambda r, a: refuse(r, agent=a, reason="Trop tard"), "Trop tard", "is refused"),
    "closed": (lambda r, a: close(r, agent=a, reason="Doublon"), "Doublon", "is closed"),
}


@pytest.mark.parametrize("act", EVENTS)
@pytest.mark.parametrize("prefix", ["/en", "", "/ar"])
def test_each_change_is_told_in_plain_words(resident, filed, agent, link, act, prefix):
    do, said, headline = EVENTS[act]
    do(filed, agent)
    response = resident.get(prefix + link)
    html = response.content.decode()
    assert response.status_code == 200
    if prefix == "/en":
        assert said in html
        assert headline in html
    assert "Secret" not in html


def test_notes_stay_among_agents(resident, filed, agent, link):
    write_note(filed, text="À surveiller", agent=agent)
    assert "À surveiller" not in english(resident, link)


def test_waiting_page_says_what_by_when_and_what_becomes_of_the_dates(resident, filed, agent, link):
    ask(filed, agent, explanation="Une photo suffit.")
    html = english(resident, link)
    for said in (
        "Page des vaccins",
        "Une photo suffit.",
        "3\u00a0December 2026",
        "Stopped since 21\u00a0November 2026",
        "begins the day we have everything",
        'name="documents"',
    ):
        assert said in html, said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (NOW, "until 3\u00a0December 2026 at the latest"),
        (datetime(2026, 12, 4, 9, tzinfo=UTC), "The time you had ended on 3\u00a0December 2026"),
    ],
)
def test_page_says_that_the_delay_of_a_refusal_stops_for_the_time_given(resident, db, time_machine, day, said):
    filed = make_request(make_procedure(silence_effect="refusal", announced_delay_days=14))
    ask(filed, make_agent(filed.department))
    time_machine.move_to(day)
    assert said in english(resident, f"/suivi/{filed.access_token}/")
    message = filed.outbox.get(kind="completion_asked")
    letter = write_letter({"kind": message.kind, "request_id": filed.pk, **message.payload})
    assert "after 3\u00a0December 2026 in any case" in letter.text


def test_page_says_why_the_date_has_moved(resident, filed, agent, link):
    ask(filed, agent)
    answer_completion(filed, files=(received_file("vaccins.pdf"),), at=datetime(2026, 11, 24, 10, tzinfo=UTC))
    html = english(resident, link)
    assert "The legal date is now 25\u00a0January 2027, since we were waiting for you." in html
    assert "It has moved, since we were waiting for you." in html
    assert "vaccins.pdf" in html


def test_late_request_says_so(resident, filed, link, time_machine):
    time_machine.move_to(datetime(2026, 12, 1, tzinfo=UTC))
    html = english(resident, link)
    assert "Your request is late" in html
    assert "we are late." in html.split('class="next')[1]
    assert "at the latest" not in html  # a day that is over is no promise


def test_answered_request_promises_no_date(resident, filed, agent, link):
    accept(filed, agent=agent)
    html = english(resident, link)
    assert "When will I have an answer?" not in html
    assert "By " not in html.split("<main")[1].split("</main>")[0]


def test_receipt_keeps_the_dates_of_the_day_of_filing(resident, filed, agent, link):
    ask(filed, agent)
    answer_completion(filed, text="Voici", at=datetime(2026, 12, 24, 10, tzinfo=UTC))
    html = english(resident, link + "accuse/")
    for said in (filed.number, "15\u00a0January 2027", "28\u00a0November 2026", "deemed accepted", "Camille Lefèvre"):
        assert said in html, said


def test_what_people_wrote_is_no_markup(resident, filed, agent, link):
    write_to_resident(filed, text="<script>alert(1)</script>", agent=agent)
    assert "<script>alert" not in english(resident, link)


def test_file_comes_as_a_download_only(resident, filed, link):
    attachment = filed.attachments.get()
    response = resident.get(f"{link}fichier/{attachment.key}/")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Cache-Control"] == "no-store"
    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_file_of_another_request_is_not_had(resident, filed, link):
    from tests.factories.inbox import make_request

    other = make_request(filed.procedure, files=(received_file(),))
    assert resident.get(f"{link}fichier/{other.attachments.get().key}/").status_code == 404


def test_page_costs_as_much_whatever_its_history(resident, filed, agent, link, django_assert_max_num_queries):
    for number in range(6):
        write_to_resident(filed, text=f"Message {number}", agent=agent)
    make_agent(filed.department)
    resident.get(link)
    with django_assert_max_num_queries(10):
        resident.get(link)


def test_what_the_page_has_no_words_for_is_left_out(resident, filed, agent, link):
    for kind in Event.Kind:
        record(filed, kind, SYSTEM, NOW, by="2026-12-03")
    html = english(resident, link)
    assert "Your personal data was deleted" in html
    assert "Internal note" not in html
