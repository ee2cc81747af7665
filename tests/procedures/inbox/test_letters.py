"""The words of e-mails."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from django.utils.translation import override

from procedures.inbox.letters import SUBJECTS, follow_link, write_letter
from procedures.inbox.models import ServiceRequest
from procedures.inbox.received import Requester
from procedures.inbox.services.attesting import attest
from procedures.inbox.services.completion import answer_completion, ask_for_completion
from procedures.inbox.services.conversation import write_as_resident, write_to_resident
from procedures.inbox.services.decision import accept, close, refuse, transfer
from procedures.inbox.services.handling import forward
from procedures.inbox.services.merging import merge
from procedures.inbox.services.posting import post
from procedures.inbox.services.quarantine import remove_infected
from procedures.inbox.services.reopening import reopen
from procedures.uploads.quarantine import Scan
from tests.factories.inbox import make_agent, make_procedure, make_request, received_file
from tests.factories.procedures import make_department

pytestmark = pytest.mark.django_db


def last_letter(request, language="en"):
    message = request.outbox.exclude(kind__startswith="s").order_by("-id").first()  # nor to staff, nor satisfaction
    with override(language):
        return write_letter({"kind": message.kind, "request_id": request.pk, **message.payload})


def filed(effect: str, **fields):
    department = make_department(street="2 place du Parvis", postcode="49000", town="Valmarie")
    procedure = make_procedure(
        silence_effect=effect, announced_delay_days=14, department=department, title="Inscription à la cantine"
    )
    return make_request(procedure, **fields)


def test_receipt_says_what_the_law_demands_where_silence_accepts():
    request = filed("acceptance")
    letter = last_letter(request)
    for said in (
        request.number,
        "Inscription à la cantine",
        "14\u00a0November 2026, 18:22",
        "État civil",
        "02 00 00 00 10",
        "etat-civil@valmarie.example",
        "2 place du Parvis, 49000 Valmarie",
        "28\u00a0November 2026",
        "Without an answer on 15\u00a0January 2027, your request is deemed accepted, provided that it is complete.",
        "L232-3",
        follow_link(request),
    ):
        assert said in letter.text, said


def test_receipt_tells_the_remedies_where_silence_refuses():
    text = last_letter(filed("refusal")).text
    assert "deemed refused" in text
    assert "administrative court" in text


def test_receipt_promises_nothing_where_silence_has_no_effect():
    text = last_letter(filed("none")).text
    assert "deemed" not in text
    assert "administrative court" not in text


def test_receipt_adds_what_the_department_wrote_without_its_markup():
    procedure = make_procedure(confirmation="<p>Prenez <b>rendez-vous</b> &amp; venez.</p><p>À bientôt.</p>")
    letter = last_letter(make_request(procedure))
    assert "Prenez rendez-vous & venez.\n\nÀ bientôt." in letter.text
    assert '<p dir="auto">Prenez rendez-vous &amp; venez.</p>' in letter.html


@pytest.mark.parametrize(
    ("effect", "said"), [("acceptance", "it will begin"), ("refusal", "is stopped"), ("none", "A legible photo")]
)
def test_completion_request_says_what_becomes_of_the_delay(effect, said):
    request = filed(effect)
    ask(request, make_agent(request.department))
    text = last_letter(request).text
    assert said in text
    assert ("legal delay" in text) == (effect != "none")


def ask(request, agent):
    ask_for_completion(
        request,
        missing=["Page des vaccins", "Justificatif <récent>"],
        explanation="Une photo suffit.",
        by=date(2099, 12, 3),
        agent=agent,
    )


def send_a_virus(request):
    write_as_resident(request, text="", files=(received_file("<vaccins>.pdf", scan=Scan.WAITING),))
    remove_infected(request.attachments.get())


def follow_one_that_is_closed(request, agent):
    carries_on = make_request(request.procedure, requester=Requester("Camille Lefèvre", "c@exemple.fr"))
    merge(request, into=carries_on, agent=agent)
    ServiceRequest.objects.update(silence_effect="none")
    close(carries_on, reason="Réparé.", agent=agent)


EVERY_KIND = {
    "completion_asked": (ask, "Page des vaccins"),
    "completion_answered": (
        lambda r, a: (ask(r, a), answer_completion(r, text="Voici", at=datetime(2026, 11, 24, tzinfo=UTC))),
        "goes on",
    ),
    "message": (lambda r, a: write_to_resident(r, text="Bonjour,\n\nDeux mots.", agent=a), "Deux mots."),
    "accepted": (lambda r, a: accept(r, agent=a, reason="À lundi."), "À lundi."),
    "refused": (lambda r, a: refuse(r, agent=a, reason="Trop tard."), "Trop tard."),
    "closed": (lambda r, a: close(r, agent=a, reason="Doublon."), "Doublon."),
    "forwarded": (lambda r, a: forward(r, department=make_department("Écoles"), reason="?", agent=a), "Écoles"),
    "transferred": (lambda r, a: transfer(r, body="Préfecture", reason="Pas à nous.", agent=a), "Préfecture"),
    "reopened": (lambda r, a: (accept(r, agent=a), reopen(r, reason="Erreur.", agent=a)), "Erreur."),
    "attested": (lambda r, a: attest(r, agent=a, at=datetime(2027, 6, 1, tzinfo=UTC)), "attestation"),
    "merged": (lambda r, a: merge(r, into=make_request(r.procedure), agent=a), "État civil"),
    "merged_news": (lambda r, a: follow_one_that_is_closed(r, a), "Réparé."),
    "receipt": (lambda r, a: None, "acknowledgement"),
    "virus_found": (lambda r, a: send_a_virus(r), "“<vaccins>.pdf”"),
    "files_refused": (lambda r, a: post(r, "files_refused", refused=["“<jeu>.exe”: no."]), "“<jeu>.exe”: no."),
}


def test_every_kind_of_letter_is_tried_here():
    elsewhere = {"satisfaction", "purge_announced"}  # tried with what writes them
    assert set(EVERY_KIND) | elsewhere == set(SUBJECTS)


class Reader(HTMLParser):
    """Collects words and checks that every element is closed."""

    VOID = {"meta", "br"}

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
@pytest.mark.parametrize("kind", EVERY_KIND)
def test_letter_says_the_same_in_text_and_html_in_every_language(kind, language):
    request = filed("acceptance", language=language)
    act, said = EVERY_KIND[kind]
    act(request, make_agent(request.department))
    letter = last_letter(request, language)
    reader = Reader()
    reader.feed(letter.html)
    assert reader.open == []
    html_words = "".join(reader.words)
    if kind not in ("completion_answered", "receipt"):
        assert said in letter.text
        assert said in html_words
    assert request.number in letter.subject
    assert "\n\n\n" not in letter.text
    assert "{" not in letter.text + letter.html.replace(reader.words[1], "").split("</style>")[1]
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in letter.html
    assert follow_link_in(request, language) in letter.text
    assert letter.reply_to == request.department.email


def follow_link_in(request, language):
    with override(language):
        return follow_link(request)


def test_letter_cannot_be_made_to_hold_markup():
    request = filed("acceptance")
    ask(request, make_agent(request.department))
    letter = last_letter(request)
    assert "Justificatif <récent>" in letter.text
    assert "<li><bdi>Justificatif &lt;récent&gt;</bdi></li>" in letter.html


def test_dates_of_the_receipt_are_those_of_the_day_it_was_written():
    request = filed("acceptance")
    before = last_letter(request).text
    agent = make_agent(request.department)
    payload = request.outbox.get().payload
    ask(request, agent)
    with override("en"):
        assert write_letter({"kind": "receipt", "request_id": request.pk, **payload}).text == before


def test_a_refusal_that_is_written_speaks_of_remedies_and_not_of_silence():
    request = filed("refusal")
    assert "Without an answer by that date" in last_letter(request).text  # the receipt
    refuse(request, agent=make_agent(request.department), reason="Trop tard.")
    letter = last_letter(request).text
    assert "two months to ask the mayor" in letter
    assert "Without an answer" not in letter


def test_in_arabic_a_phone_keeps_its_figures_in_order_and_french_words_run_their_way():
    request = filed("none", language="ar")
    write_to_resident(request, text="Bonjour.", agent=make_agent(request.department))
    letter = last_letter(request, "ar")
    assert "\u206802 00 00 00 10\u2069" in letter.text
    assert "\u20682 place du Parvis, 49000 Valmarie\u2069" in letter.text
    assert '<p lang="fr" dir="auto">Bonjour.</p>' in letter.html
