"""Somebody outside reads what was chosen of one request, by a link, and answers once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms.accounts.roles import AGENTS, role
from procedures.inbox import opinion_link
from procedures.inbox.errors import AlreadyDecided, NotYours, OpinionOver
from procedures.inbox.models import Attachment, ExpertOpinion, OutboxMessage, Reading
from procedures.inbox.services.conversation import keep_from_stranger
from procedures.inbox.services.decision import close
from procedures.inbox.services.opinions import answer_opinion, ask_expert, revoke_opinion
from procedures.inbox.services.writing import moment
from tests.factories.inbox import PDF, RECEIVED_AT, make_agent, make_answer, make_request, received_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(RECEIVED_AT, tick=False):
        yield


@pytest.fixture
def about():
    answers = (make_answer("Nom", "Camille Lefèvre"), make_answer("Terrain", "Parcelle AB 12"))
    files = (received_file("plan.pdf"), received_file("identite.pdf"))
    return make_request(answers=answers, files=files)


@pytest.fixture
def agent(about):
    user = make_agent(about.department)
    user.groups.add(role(AGENTS))
    return user


@pytest.fixture
def desk(client, agent):
    client.force_login(agent)
    return client


@pytest.fixture
def opinion(about, agent) -> ExpertOpinion:
    return ask_expert(
        about,
        name="Ida Roux",
        email="ida@bureau.example",
        question="Le mur tient-il ?",
        days=15,
        answers=[about.answers[1]["question_id"]],
        documents=[about.attachments.get(original_name="plan.pdf").key],
        agent=agent,
    )


def address(opinion: ExpertOpinion) -> str:
    return reverse("opinion:page", args=[opinion_link.token_of(opinion)])


def answer(client, opinion, **more):
    data = {"text": "Oui, avec un contrefort.", **more}
    return client.post(address(opinion), data, headers={"Sec-Fetch-Site": "same-origin"})


def test_the_desk_offers_everything_but_who_asks(desk, about):
    stranger = {"sender": "voisin@exemple.fr", "text": "Voyez.", "files": [received_file("voisin.pdf")]}
    keep_from_stranger(about, **stranger)
    form = next(
        entry["form"]
        for entry in desk.get(reverse("inbox:request", args=[about.pk])).context["actions"]
        if entry["slug"] == "opinion"
    )
    assert form.fields["answers"].initial == [about.answers[1]["question_id"]]
    assert [label for _key, label in form.fields["documents"].choices] == ["plan.pdf", "identite.pdf"]


def test_an_agent_asks_from_the_page_and_the_expert_gets_the_link_alone(
    desk, about, django_capture_on_commit_callbacks
):
    typed = {"name": "Ida Roux", "email": "ida@bureau.example", "question": "Le mur tient-il ?", "days": "15"}
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("inbox:action", args=[about.pk, "opinion"]), typed)
    opinion = ExpertOpinion.objects.get()
    letter = mail.outbox[-1]
    assert letter.to == ["ida@bureau.example"]
    assert opinion_link.address_of(opinion) in letter.body
    for secret in ("Le mur tient-il", about.requester_name, about.access_token):
        assert secret not in letter.body


def test_the_expert_reads_what_was_chosen_and_nothing_else(client, opinion, about):
    page = client.get(address(opinion))
    for shown in ("Le mur tient-il ?", "Parcelle AB 12", "plan.pdf", about.number):
        assert shown in page.text
    for hidden in ("Camille", "camille@exemple.fr", "06 12 34 56 78", "identite.pdf"):
        assert hidden not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert not page.cookies
    chosen, other = (about.attachments.get(original_name=name) for name in ("plan.pdf", "identite.pdf"))
    token = opinion_link.token_of(opinion)
    assert client.get(reverse("opinion:file", args=[token, chosen.key])).status_code == 200
    assert client.get(reverse("opinion:file", args=[token, other.key])).status_code == 404
    reading = Reading.objects.get(request=about)
    assert (reading.way, reading.name, reading.user) == ("expert", "ida@bureau.example", None)


def test_the_opinion_comes_once_with_its_files_and_the_agent_is_told(client, desk, opinion, about):
    expert = client.__class__()
    assert answer(expert, opinion, documents=SimpleUploadedFile("avis.pdf", PDF)).status_code == 302
    assert "Thank you" in expert.get(address(opinion)).text
    assert answer(expert, opinion, text="Non !").status_code == 200  # the thanks, once more
    opinion.refresh_from_db()
    assert opinion.answer == "Oui, avec un contrefort."
    about.refresh_from_db()
    assert [event.kind for event in about.events.all()] == ["filed", "expert_asked", "expert_answered"]
    assert not about.events.filter(kind__startswith="expert", visible_to_resident=True).exists()
    assert OutboxMessage.objects.get(kind="staff_opinion").recipient == opinion.asked_by.email
    page = desk.get(reverse("inbox:request", args=[about.pk])).text
    assert "Oui, avec un contrefort." in page
    assert "avis.pdf" in page


def test_the_resident_does_not_get_what_an_expert_joined(client, opinion, about):
    answer(client, opinion, documents=SimpleUploadedFile("avis.pdf", PDF))
    file = Attachment.objects.get(original_name="avis.pdf")
    assert "avis.pdf" not in client.get(reverse("tracking:request", args=[about.access_token])).text
    assert client.get(reverse("tracking:file", args=[about.access_token, file.key])).status_code == 404


def test_an_empty_opinion_keeps_the_page_and_says_so(client, opinion):
    response = answer(client, opinion, text=" ")
    assert response.status_code == 422
    assert "Write your opinion" in response.text


def test_words_filed_in_arabic_are_marked_for_the_expert(client, opinion, about):
    about.answers[1] |= {"shown": "حائط قديم", "agent_shown": "حائط قديم"}
    about.language = "ar"
    about.save()
    assert '<bdi lang="ar">حائط قديم</bdi>' in client.get(address(opinion)).text


@pytest.mark.parametrize("end", ["revoked", "expired", "closed"])
def test_a_link_that_is_over_shows_a_kind_page_and_nothing_of_the_request(client, opinion, about, agent, end):
    at, token = address(opinion), opinion_link.token_of(opinion)
    when = RECEIVED_AT + timedelta(days=16 if end == "expired" else 1)
    if end == "revoked":
        assert revoke_opinion(opinion, agent=agent)
    elif end == "closed":
        close(about, agent=agent, reason="Sans objet.")
    with time_machine.travel(when, tick=False):
        page = client.get(at)
        assert page.status_code == 410
        assert "no longer asked" in page.text
        assert "Parcelle" not in page.text
        file = about.attachments.get(original_name="plan.pdf")
        assert client.get(reverse("opinion:file", args=[token, file.key])).status_code == 404
        with pytest.raises(OpinionOver):
            answer_opinion(ExpertOpinion.objects.get(), text="Trop tard.", at=moment(None))


@pytest.mark.parametrize("token", ["1-x", "1", "-", "x" * 43, "999999999999999999-" + "x" * 43, "9" * 40 + "-x", "1-é"])
def test_a_link_that_was_made_up_is_not_found(client, opinion, token):
    assert client.get(reverse("opinion:page", args=[token])).status_code == 404


def test_guessing_is_stopped(client, opinion):
    for _ in range(20):
        client.get(reverse("opinion:page", args=["1-x"]))
    assert client.get(reverse("opinion:page", args=["1-x"])).status_code == 429


def test_only_the_department_asks_and_only_before_the_answer(about, agent, opinion):
    fields = {"name": "Ida", "email": "ida@bureau.example", "question": "?", "days": 5}
    with pytest.raises(NotYours):
        ask_expert(about, **fields, agent=make_agent(make_request().department))
    close(about, agent=agent, reason="Sans objet.")
    with pytest.raises(AlreadyDecided):
        ask_expert(about, **fields, agent=agent)


def test_an_agent_withdraws_the_link_from_the_page(desk, about, opinion):
    desk.post(reverse("inbox:revoke_opinion", args=[about.pk, opinion.pk]))
    opinion.refresh_from_db()
    assert opinion.revoked_at is not None
    assert about.events.get(seq=3).kind == "expert_revoked"
