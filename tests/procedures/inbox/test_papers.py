"""The receipt and the request as PDFs: all the law demands, all that was answered, nothing that was injected."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from procedures.inbox import papers
from procedures.inbox.papers import MOST_CHARACTERS, Room, receipt_pdf, request_pdf
from procedures.inbox.services.completion import ask_for_completion
from tests.factories.inbox import make_agent, make_answer, make_request, received_file
from tests.factories.procedures import block_id, make_department, make_procedure, question, section, step
from tests.pdf_reading import Reading, needs_pango

pytestmark = [pytest.mark.django_db, needs_pango]


def filed(effect: str = "acceptance", answers=None, **fields):
    department = make_department(street="2 place du Parvis", postcode="49000", town="Valmarie")
    procedure = make_procedure(
        step("Vous", question("short_text", "Nom", id="nom")),
        step("Votre demande", section("Le document", question("long_text", "Pourquoi ?", id="pourquoi"))),
        silence_effect=effect,
        announced_delay_days=14,
        department=department,
        title="Inscription à la cantine",
    )
    answers = answers or (answer("Nom", "nom", "Benali"), answer("Pourquoi ?", "pourquoi", "Parce que."))
    return make_request(procedure, answers=answers, **fields)


def answer(label: str, name: str, shown: str, **fields):
    return make_answer(label, shown, question_id=block_id(name), **fields)


def receipt_of(request, language: str = "en") -> Reading:
    with override(language):
        return Reading(receipt_pdf(request))


def copy_of(request, language: str = "en", **how) -> Reading:
    with override(language):
        return Reading(request_pdf(request, **how))


def test_receipt_says_what_the_law_demands_where_silence_accepts():
    request = filed()
    read = receipt_of(request)
    for said in (
        request.number,
        "Inscription à la cantine",
        "Camille Lefèvre",
        "14 November 2026, 18:22",
        "Department in charge",
        "État civil",
        "02 00 00 00 10",
        "etat-civil@valmarie.example",
        "2 place du Parvis",
        "49000 Valmarie",
        "28 November 2026",
        "Without an answer on 15 January 2027, your request is deemed accepted, provided that it is complete.",
        "L232-3",
    ):
        assert said in read.all_text, said
    assert (read.title, read.language) == (f"Acknowledgement of receipt {request.number}", "en")
    assert read.text("H1") == ["Acknowledgement of receipt"]


def test_receipt_tells_the_remedies_where_silence_refuses():
    text = receipt_of(filed("refusal")).all_text
    assert "deemed refused" in text
    assert "administrative court" in text


def test_receipt_promises_nothing_where_silence_has_no_effect():
    text = receipt_of(filed("none")).all_text
    assert "deemed" not in text


def test_receipt_keeps_the_dates_of_the_day_of_filing():
    request = filed()
    ask_for_completion(request, missing=["RIB"], by=request.due_on, agent=make_agent(request.department))
    request.refresh_from_db()
    assert request.due_on.year == 2027
    assert "15 January 2027" in receipt_of(request).all_text


def test_resident_without_an_address_is_not_sent_to_a_form_that_asks_for_one():
    request = filed()
    request.requester_email = ""
    read = receipt_of(request)
    assert "by phone with your number" in read.all_text
    assert "/suivi/" not in read.all_text


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_checker_finds_no_fault_in_either_document(language):
    request = filed(files=(received_file("Carnet.pdf"),))
    assert receipt_of(request, language).faults == []
    assert copy_of(request, language).faults == []


def test_request_shows_steps_and_sections_as_headings_over_their_answers():
    read = copy_of(filed(files=(received_file("Carnet de santé.pdf"),)))
    assert read.text("H2") == ["Vous", "Votre demande", "Files"]
    assert read.text("H3") == ["Le document"]
    said = ("Vous", "Nom", "Benali", "Votre demande", "Le document", "Pourquoi ?", "Parce que.")
    order = [read.all_text.index(words) for words in said]
    assert order == sorted(order)
    assert "Carnet de santé.pdf" in read.all_text
    assert [str(cell.A.Scope) for cell in read.elements("TH")][-3:] == ["/Column"] * 3


def test_answers_of_a_question_that_is_gone_are_still_shown():
    read = copy_of(filed(answers=(make_answer("Ancienne question", "Ancienne réponse"),)))
    assert read.text("H2") == ["Answers"]
    assert "Ancienne réponse" in read.all_text


def test_empty_answer_is_said_to_be_empty():
    assert "No answer" in copy_of(filed(answers=(answer("Nom", "nom", ""),))).all_text


def test_agent_reads_french_with_the_resident_s_words_under_it():
    said = answer("الاسم", "nom", "نعم", agent_label="Nom", agent_shown="Oui")
    read = copy_of(filed(answers=(said,), language="ar"), "fr", for_agent=True)
    assert "Oui" in read.all_text
    assert {*"نعم"} <= {*read.all_text}


def test_resident_s_copy_does_not_show_the_agents_words():
    said = answer("Name", "nom", "Yes", agent_label="Nom", agent_shown="Oui")
    text = copy_of(filed(answers=(said,), language="en")).all_text
    assert "Yes" in text
    assert "Oui" not in text


@pytest.mark.parametrize(
    "hostile",
    [
        '<script>alert(1)</script><img src="file:///etc/passwd">',
        '</p><a rel="attachment" href="file:///etc/passwd">x</a><link rel=stylesheet href=http://127.0.0.1:1/>',
        "{{ settings.SECRET_KEY }}{% debug %}",
        "null",
        "\x01\x02\x1b[31m\ufffe\uffff\x7f\x85",
        "😀👩‍👩‍👧‍👦🏳️‍🌈" * 20,
        "‮evil‬ ‏‎" * 20,
        "a" + "\u0301" * 3_000,
        "\n" * 5_000,
        "x" * 20_000,
        "<" * 5_000,
    ],
    ids=["html", "links", "template", "null", "control", "emoji", "bidi", "combining", "lines", "endless", "brackets"],
)
def test_hostile_answer_makes_a_document_that_shows_it_and_obeys_nothing(hostile):
    request = filed(answers=(answer("Nom", "nom", hostile), answer("Pourquoi ?", "pourquoi", "La fin.")))
    read = copy_of(request)
    assert "La fin." in read.all_text
    assert {str(link.A.URI)[:7] for link in read.links()} == {"mailto:"}
    assert "/Names" not in read.document.Root
    if "<script" in hostile:
        assert "<script>alert(1)</script>" in read.all_text


def test_answer_of_a_hundred_thousand_characters_is_whole():
    read = copy_of(filed(answers=(answer("Pourquoi ?", "pourquoi", "mot " * 24_999 + "dernier"),)))
    assert "dernier" in read.all_text
    assert len(read.document.pages) > 20


def test_text_that_would_take_for_ever_is_cut_and_the_reader_is_told():
    answers = tuple(answer("Nom", f"q{n}", "x" * 30) for n in range(3))
    room = Room(130)
    parts = papers.parts_of(filed(answers=answers), room, for_agent=False)
    assert room.is_cut
    assert parts[-1].answers[-1].words.endswith("[…]")
    assert not Room(MOST_CHARACTERS).is_cut


def test_no_document_is_longer_than_it_may_be():
    room = Room(1_000)
    kept = [room.take("mot\n" * 500) for _answer in range(5)]
    assert sum(map(len, kept)) < 1_000
    assert room.is_cut


def test_long_text_says_in_the_document_that_it_is_cut(monkeypatch):
    monkeypatch.setattr(papers, "MOST_CHARACTERS", 500)
    read = copy_of(filed(answers=(answer("Nom", "nom", "mot " * 400),)))
    assert "too long for one document" in read.all_text
