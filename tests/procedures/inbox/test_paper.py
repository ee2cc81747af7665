"""Letters: what they say, to whom they are owed, that they can be read by everybody."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from django.db import transaction

from directory.models import DepartmentMember
from procedures.inbox.errors import NothingToSay, NotYours
from procedures.inbox.models import DeskSettings, Event, Letter
from procedures.inbox.paper_letters import letter_pdf, letters_pdf
from procedures.inbox.received import Requester
from procedures.inbox.sealing import all_breaks
from procedures.inbox.services.bounces import note_bounce
from procedures.inbox.services.bulk import act_on, try_on
from procedures.inbox.services.completion import ask_for_completion
from procedures.inbox.services.decision import accept, refuse
from procedures.inbox.services.paper import mark_printed, write_letter
from tests.factories.inbox import make_agent, make_answer, make_request
from tests.factories.procedures import block_id, make_department, make_procedure, question, step
from tests.pdf_reading import Reading, needs_pango

pytestmark = pytest.mark.django_db
ADDRESS = {
    "street": "12 rue des Lilas",
    "complement": "Bât. B",
    "postcode": "49000",
    "town": "Valmarie",
    "country": "FR",
}


def filed(effect="acceptance", email="", language="fr", title="Inscription à la cantine"):
    department = make_department(street="2 place du Parvis", postcode="49000", town="Valmarie")
    procedure = make_procedure(
        step(
            "Vous",
            question("address", "Adresse", id="adresse"),
            question("file", "Justificatif de domicile", id="piece"),
        ),
        silence_effect=effect,
        announced_delay_days=14,
        department=department,
        title=title,
    )
    answers = (
        make_answer("Adresse", "12 rue des Lilas", type="address", value=ADDRESS, question_id=block_id("adresse")),
        make_answer("Justificatif de domicile", "", type="file", value=None, question_id=block_id("piece")),
    )
    clerk = make_agent(department, capacity="Officière d’état civil")
    requester = Requester("Camille Lefèvre", email, "06 12 34 56 78")
    return make_request(
        procedure,
        answers=answers,
        requester=requester,
        entered_by=clerk,
        channel="counter",
        language=language,
    )


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        ("acceptance", ("deemed accepted, provided that it is complete", "15\u00a0January 2027", "L232-3")),
        ("refusal", ("deemed refused, provided that it is complete", "15\u00a0January 2027", "administrative court")),
    ],
)
def test_whoever_has_no_email_is_owed_the_acknowledgement_of_the_law_on_paper(effect, said):
    request = filed(effect, language="en")
    letter = request.letters.get()
    assert (letter.kind, letter.to_print, letter.printed_at) == ("acknowledgement", True, None)
    for words in (*said, "Inscription à la cantine", "14\u00a0November 2026, 18:22", "État civil", "R112-11-1"):
        assert words in letter.text, words
    assert "- Justificatif de domicile" in letter.text  # R112-5: what is missing
    assert request.events.filter(kind=Event.Kind.LETTER_MADE).count() == 1


def test_whoever_has_an_email_is_owed_none_unless_it_comes_back():
    request = filed(email="camille@exemple.fr")
    assert not request.letters.exists()
    for _ in range(2):
        note_bounce(request.outbox.get(kind="receipt"), "550 no such user")
    assert [letter.kind for letter in request.letters.all()] == ["acknowledgement"]
    assert not list(all_breaks())


def test_nobody_is_owed_a_letter_that_nobody_could_hand_over():
    assert not make_request(requester=Requester("Camille Lefèvre"), channel="open311").letters.exists()


def test_what_is_asked_and_decided_goes_on_paper_with_the_agent_and_the_reasons():
    request = filed("refusal", language="en")
    agent = make_agent(request.department, first_name="Nadia", last_name="Benali", capacity="Directrice")
    ask_for_completion(
        request, missing=["Livret de famille"], by=date(2026, 12, 1), agent=agent, at=request.received_at
    )
    refuse(request, agent=agent, reason="Plus de place.")
    _receipt, asked, refused = request.letters.order_by("pk")
    assert "- Livret de famille" in asked.text
    assert "link" not in asked.text
    assert (refused.signatory, refused.capacity, refused.department_name) == (
        "Nadia Benali",
        "Directrice",
        "État civil",
    )
    assert "Plus de place." in refused.text
    assert "administrative court" in refused.text


def test_words_and_signature_stay_what_they_were():
    request = filed()
    agent = make_agent(request.department, first_name="Nadia", last_name="Benali", capacity="Directrice")
    letter = write_letter(request, subject="Votre dossier", text="Bonjour.", agent=agent)
    agent.last_name = "Martin"
    agent.save()
    assert Letter.objects.get(pk=letter.pk).signatory == "Nadia Benali"


def test_department_that_must_protect_its_agents_signs_alone():
    request = filed()
    DeskSettings.objects.create(department=request.department, anonymous_letters=True)
    letter = write_letter(request, subject="Votre dossier", text="Bonjour.", agent=make_agent(request.department))
    assert (letter.signatory, letter.capacity, letter.department_name) == ("", "", "État civil")


def test_empty_letter_and_strangers_letter_are_refused(stranger):
    request = filed()
    with pytest.raises(NothingToSay):
        write_letter(request, subject=" ", text="Bonjour.", agent=make_agent(request.department))
    with pytest.raises(NotYours):
        write_letter(request, subject="Votre dossier", text="Bonjour.", agent=stranger)


def test_letter_is_marked_printed_once_by_those_of_its_department(stranger):
    request = filed()
    letters, agent = list(request.letters.all()), make_agent(request.department)
    assert mark_printed(letters, agent=stranger) == 0
    assert [mark_printed(letters, agent=agent) for _ in range(2)] == [1, 0]
    assert request.letters.get().printed_at
    assert request.events.filter(kind=Event.Kind.LETTER_PRINTED).count() == 1


def test_agent_chooses_whether_the_decision_goes_on_paper():
    by_mail, told_in_person = filed(email="camille@exemple.fr"), filed(title="Garderie")
    accept(by_mail, agent=make_agent(by_mail.department), letter=True)
    assert [letter.kind for letter in by_mail.letters.all()] == ["decision"]
    assert by_mail.outbox.filter(kind="accepted").exists()
    accept(told_in_person, agent=make_agent(told_in_person.department), letter=False)
    assert [letter.kind for letter in told_in_person.letters.all()] == ["acknowledgement"]


def test_bulk_refusal_owes_each_its_letter_and_its_trial_owes_none():
    requests = [filed("refusal", title=title) for title in ("Cantine", "Garderie")]
    agent, pks = make_agent(requests[0].department), [request.pk for request in requests]
    DepartmentMember.objects.create(user=agent, department=requests[1].department)
    refusing = partial(refuse, agent=agent, reason="Plus de place.")
    try_on(pks, refusing)
    assert Letter.objects.filter(kind=Letter.Kind.DECISION).count() == 0
    with transaction.atomic():
        act_on(pks, refusing)
    letters = Letter.objects.filter(kind=Letter.Kind.DECISION)
    assert [letter.request_id for letter in letters] == pks
    assert all("Plus de place." in letter.text and letter.signatory for letter in letters)
    assert not list(all_breaks())


@needs_pango
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_letter_is_a_document_that_screen_readers_read(language):
    request = filed(language=language)
    accept(
        request, agent=make_agent(request.department, capacity="Directrice"), reason="Bienvenue.\n\n- le 1er\n- à 8 h"
    )
    read = Reading(letter_pdf(request.letters.last()))
    assert read.faults == []
    assert read.language == language
    for said in ("Camille Lefèvre", "12 rue des Lilas", "49000 Valmarie", "Nadia Benali", "Directrice", request.number):
        assert said in read.all_text, said


@needs_pango
def test_letters_of_the_day_are_one_document_each_on_its_own_page():
    letters = [filed().letters.get(), filed(language="ar", title="Cantine").letters.get()]
    read = Reading(letters_pdf(letters))
    assert read.faults == []
    assert len(read.document.pages) == 2
    assert len(read.text("H1")) == 2


@needs_pango
def test_town_greets_in_its_own_letters_and_leaves_the_agents_words_as_they_are():
    request = filed(language="en")
    letter = write_letter(request, subject="Your file", text="Dear Camille,", agent=request.entered_by)
    assert "Dear Sir or Madam," in Reading(letter_pdf(request.letters.get(kind="acknowledgement"))).all_text
    assert "Dear Sir or Madam," not in Reading(letter_pdf(letter)).all_text
