"""Two hundred requests a day: one page, the likely action first, the next one behind it, nothing overwritten."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.roles import AGENTS, role
from directory.models import DepartmentMember
from procedures.inbox.desk.actions import likely_slug, offered
from procedures.inbox.models import ChecklistItem, Letter, Mention, Reading, ReplyTemplate, ServiceRequest, Team
from procedures.inbox.received import Requester
from procedures.inbox.services.conversation import write_as_resident, write_note
from procedures.inbox.services.filing import attach
from procedures.inbox.services.handling import forward, take
from procedures.inbox.services.merging import link, merge
from procedures.inbox.services.opinions import ask_expert
from procedures.inbox.services.reopening import reopen
from tests.factories.inbox import PDF, make_agent, make_procedure, make_request, received_file
from tests.factories.procedures import make_department

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(db) -> ServiceRequest:
    return make_request(make_procedure(silence_effect="none", announced_delay_days=14))


@pytest.fixture
def agent(about):
    user = make_agent(about.department)
    user.groups.add(role(AGENTS))
    return user


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


def at(about: ServiceRequest, slug: str = "") -> str:
    return reverse("inbox:action", args=[about.pk, slug]) if slug else reverse("inbox:request", args=[about.pk])


def test_the_likely_action_comes_first(about, agent):
    assert offered(about, agent)[0]["slug"] == "take"
    take(about, agent=agent)
    assert likely_slug(about, agent) == "accept"
    write_as_resident(about, text="Alors ?")
    assert offered(about, agent)[0]["slug"] == "message"


def test_after_an_action_the_next_of_the_same_list_is_one_key_away(desk, about):
    today = timezone.localdate()
    requests = [about, *(make_request(about.procedure, channel="phone") for _ in range(2))]
    for days, request in enumerate(requests):
        ServiceRequest.objects.filter(pk=request.pk).update(due_key=today + timedelta(days=days), channel="phone")
    other = make_request(about.procedure, channel="portal")
    ServiceRequest.objects.filter(pk=other.pk).update(due_key=today + timedelta(days=1))
    page = desk.post(at(about, "accept") + "?channel=phone", {"reason": ""}, follow=True)
    following = page.context["next_address"]
    assert "channel=phone" in following
    assert desk.get(following)["Location"] == at(requests[1]) + "?channel=phone"
    last = desk.get(at(requests[2]) + "?channel=phone").context["next_address"]
    assert desk.get(last)["Location"] == reverse("inbox:list") + "?channel=phone"


def test_the_list_leads_to_its_requests_with_its_filters(desk, about):
    assert f'{at(about)}?channel=portal"' in desk.get(reverse("inbox:list"), {"channel": "portal"}).text


def test_the_second_agent_sees_what_happened_and_keeps_what_was_typed(desk, about):
    seen = about.log_length
    colleague = make_agent(about.department, first_name="Karim")
    take(about, agent=colleague)
    typed = {"reason": "La lampe est réparée.", "seen": seen, "shown": uuid4().hex}
    page = desk.post(at(about, "close"), typed)
    assert page.status_code == 409
    assert "La lampe est réparée." in page.text
    assert str(colleague) in page.text
    assert "Do it all the same" in page.text
    about.refresh_from_db()
    assert about.closed_at is None
    desk.post(at(about, "close"), typed | {"seen": page.context["about"].log_length})
    about.refresh_from_db()
    assert about.status == "closed"


def test_two_clicks_are_one(desk, about):
    typed = {"text": "Nous passons jeudi.", "seen": about.log_length, "shown": uuid4().hex}
    for slug in ("message", "note"):
        answers = [desk.post(at(about, slug), typed).status_code for _ in range(2)]
        assert answers == [302, 302]
    assert about.messages.count() == 1
    assert about.notes.count() == 1


def test_a_note_needs_no_second_look(desk, about):
    take(about, agent=make_agent(about.department))
    desk.post(at(about, "note"), {"text": "Vu.", "seen": 1})
    assert about.notes.count() == 1


def test_colleagues_on_the_same_request_are_named(desk, about, agent):
    colleague = make_agent(about.department, first_name="Karim")
    now = timezone.now()
    for user, minutes in ((colleague, 3), (make_agent(about.department, first_name="Zoé"), 40), (agent, 1)):
        Reading.objects.create(request=about, user=user, name=str(user), at=now - timedelta(minutes=minutes))
    assert [(each.name, each.minutes) for each in desk.get(at(about)).context["colleagues_here"]] == [
        (str(colleague), 3)
    ]


def test_a_template_is_filled_in_without_a_script_and_with_one(desk, about, agent):
    text = "Bonjour {{ name }},\n\nvotre demande {{number}}, avant le {{ announced_date }}. {{ agent }}"
    template = ReplyTemplate.objects.create(title="Suite", text=text, department=about.department)
    page = desk.post(at(about, "message"), {"text": "Déjà écrit.", "template": template.pk, "fill": "1"})
    said = page.context["actions"]
    message = next(each["form"] for each in said if each["slug"] == "message")
    filled = message["text"].value()
    for part in ("Déjà écrit.", "Bonjour Camille Lefèvre,", about.number, "28 novembre 2026", str(agent)):
        assert part in filled.replace("\u00a0", " ")
    assert about.messages.count() == 0
    answer = desk.get(reverse("inbox:reply", args=[about.pk, template.pk])).json()["text"]
    assert answer in filled
    theirs = ReplyTemplate.objects.create(title="Leur", text="x", department=make_department("Voirie"))
    assert desk.get(reverse("inbox:reply", args=[about.pk, theirs.pk])).status_code == 404


def test_what_a_resident_is_called_is_never_read_as_a_field(desk, about):
    ServiceRequest.objects.filter(pk=about.pk).update(requester_name="{{ agent }} {% load x %}")
    template = ReplyTemplate.objects.create(title="Suite", text="À {{ name }}")
    text = desk.get(reverse("inbox:reply", args=[about.pk, template.pk])).json()["text"]
    assert text == "À {{ agent }} {% load x %}"


def test_what_is_not_known_leaves_no_hole(desk, about):
    template = ReplyTemplate.objects.create(title="Suite", text="Bonjour {{ name }},\nle {{ due_date }}.{{ nope }}")
    ServiceRequest.objects.filter(pk=about.pk).update(requester_name="")
    text = desk.get(reverse("inbox:reply", args=[about.pk, template.pk])).json()["text"]
    assert text == "Bonjour,\nle.{{ nope }}"


def test_files_leave_with_a_message_unless_they_are_not_what_they_say(desk, about):
    good = SimpleUploadedFile("plan.pdf", PDF)
    desk.post(at(about, "message"), {"text": "Le plan.", "documents": good})
    assert [file.original_name for file in about.messages.get().attachments.all()] == ["plan.pdf"]
    page = desk.post(at(about, "message"), {"text": "Le plan.", "documents": SimpleUploadedFile("x.pdf", b"MZ\x00")})
    assert page.status_code == 422
    assert "Le plan." in page.text
    assert about.messages.count() == 1


def test_a_colleague_named_in_a_note_finds_a_mark_until_they_have_opened_it(desk, about, agent):
    colleague = make_agent(about.department, first_name="Karim", last_name="Ziani")
    desk.post(at(about, "note"), {"text": "@karim ziani, un avis ? @Nadia"})
    assert list(Mention.objects.values_list("user", flat=True)) == [agent.pk, colleague.pk]
    write_note(about, text="Pour toi.", agent=colleague, mentions=[agent])
    assert len(desk.get(at(about)).context["calls_me"]) == 2
    assert desk.get(at(about)).context["calls_me"] == []


def test_ticking_keeps_the_page_and_tells_its_forms_how_long_the_log_is(desk, about):
    item = ChecklistItem.objects.create(procedure=about.procedure, label="Adresse vérifiée")
    assert "Adresse vérifiée" in desk.get(at(about)).text
    answer = desk.post(at(about, "check"), {"items": [item.pk]}, headers={"X-Desk": "tick"})
    assert answer.json() == {"seen": about.log_length + 1}
    assert about.ticks.get().item == item


def test_a_request_goes_to_a_team_from_the_page(desk, about, agent):
    team = Team.objects.create(department=about.department, name="Éclairage")
    Team.objects.create(department=make_department("Voirie"), name="Nuit")
    page = desk.get(at(about))
    assert "Éclairage" in page.text
    assert "Nuit" not in page.text
    desk.post(at(about, "assign"), {"to": f"team-{team.pk}"})
    about.refresh_from_db()
    assert about.team == team


def test_duplicates_are_offered_joined_and_shown_on_both(desk, about):
    twin = make_request(about.procedure)
    page = desk.get(at(about))
    assert [each.request for each in page.context["likely"]] == [twin]
    desk.post(at(about, "merge"), {"number": twin.number, "seen": about.log_length})
    about.refresh_from_db()
    assert about.merged_into == twin
    assert about.number in desk.get(at(twin)).text
    assert twin.number in desk.get(at(about)).text


def test_a_number_of_another_department_is_as_unknown_as_one_never_drawn(desk, about):
    theirs = make_request(make_procedure())
    answers = [
        desk.post(at(about, slug), {"number": number}).status_code
        for slug in ("merge", "link", "unlink")
        for number in (theirs.number, "VAL-0000-0000-000")
    ]
    assert answers == [422] * 6
    assert theirs.events.count() == 1


def test_a_link_to_what_left_the_department_says_no_more_than_that_it_is_there(desk, about, agent):
    other = make_request(about.procedure)
    link(about, to=other, agent=agent)
    forward(other, department=make_department("Voirie"), reason="Pour vous.", agent=agent)
    page = desk.get(at(about))
    assert [tie.request for tie in page.context["ties"]] == [None]
    assert at(other) not in page.text


def test_an_agent_opens_a_decided_request_again(desk, about):
    desk.post(at(about, "close"), {"reason": "Réparé."})
    desk.post(at(about, "reopen"), {"reason": "Pas réparé."})
    about.refresh_from_db()
    assert (about.status, about.reopened_on) == ("in_progress", timezone.localdate())


def test_the_page_says_what_must_be_known_first(desk, about, agent):
    desk.post(at(about, "close"), {"reason": "Réparé."})
    about.refresh_from_db()
    reopen(about, reason="Non.")
    ServiceRequest.objects.filter(pk=about.pk).update(mail_failed_at=timezone.now(), announced_on=date(2020, 1, 1))
    ServiceRequest.objects.filter(pk=about.pk).update(due_key=date(2020, 1, 1))
    text = desk.get(at(about)).text
    for flag in ("An e-mail came back", "and has no reply", "Opened again", "overdue"):
        assert flag in text


@pytest.mark.parametrize(
    ("requester", "most"),
    [
        (Requester("Nora Petit", "nora@exemple.fr"), 10),
        (Requester("Nora Petit", "", "+33611223344"), 10),
        (Requester("Nora Petit"), 11),  # neither address nor phone: the name is searched for
    ],
)
def test_the_page_takes_ten_queries_at_most_whatever_is_on_it(
    desk, about, agent, requester, most, django_assert_max_num_queries
):
    about = make_request(about.procedure, requester=requester)
    colleague = make_agent(about.department)
    attach(about, (received_file("plan.pdf"),), timezone.now())
    for number in range(4):
        item = ChecklistItem.objects.create(procedure=about.procedure, label=f"Point {number}")
        desk.post(at(about, "check"), {"items": [item.pk]})
        write_note(about, text="Une note", agent=colleague, mentions=[agent])
        write_as_resident(about, text="Un mot")
        link(about, to=make_request(about.procedure, requester=requester), agent=agent)
        merge(make_request(about.procedure, requester=requester), into=about, agent=agent)
        Letter.objects.create(request=about, kind="message", language="fr", subject=f"Lettre {number}")
        Team.objects.create(department=about.department, name=f"Équipe {number}")
        Reading.objects.create(request=about, user=colleague, name=str(colleague))
    ask_expert(about, name="Jean Petit", email="jean@exemple.fr", question="Votre avis ?", days=14, agent=agent)
    assert len(desk.get(at(about)).context["calls_me"]) == 4
    Reading.objects.filter(user=agent).delete()
    with django_assert_max_num_queries(most):
        page = desk.get(at(about))
    assert Reading.objects.filter(request=about, user=agent).count() == 1
    shown = page.context
    assert [len(shown[name]) for name in ("ties", "followers", "colleagues_here")] == [4, 4, 1]
    assert (len(shown["others"]), len(shown["exchanges"]), len(shown["other_files"])) == (8, 8, 1)
    assert "Nora Petit" in page.text
    assert str(colleague) in page.text
    assert shown["exchanges"][0]["at"].tzinfo is not None


def test_what_changes_at_the_desk_is_on_the_next_page(desk, about, agent):
    desk.get(at(about))
    colleague = make_agent(about.department, first_name="Karim")
    item = ChecklistItem.objects.create(procedure=about.procedure, label="Pièce lue")
    ReplyTemplate.objects.create(title="Merci", text="Merci.", department=about.department)
    page = desk.get(at(about))
    assert [page.text.count(each) > 0 for each in ("Karim", "Pièce lue", "Merci")] == [True, True, True]
    colleague.first_name = "Kamel"
    colleague.save()
    item.label = "Pièce vue"
    item.save()
    text = desk.get(at(about)).text
    assert "Kamel" in text
    assert "Karim" not in text
    assert "Pièce vue" in text
    assert "Pièce lue" not in text
    DepartmentMember.objects.filter(user=colleague).delete()
    assert "Kamel" not in desk.get(at(about)).text
