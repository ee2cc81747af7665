"""The agents' screens: what is due first, only one's own departments, nothing typed lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.roles import AGENTS, role
from procedures.inbox.desk import listing
from procedures.inbox.models import OutboxMessage, ServiceRequest
from procedures.inbox.querysets import city_today
from tests.factories.inbox import make_agent, make_request, received_file
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def about() -> ServiceRequest:
    return make_request(files=(received_file(),))


@pytest.fixture
def agent(about):
    user = make_agent(about.department)
    user.groups.add(role(AGENTS))
    return user


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


@pytest.fixture
def stranger(about) -> Client:
    """An agent of another department."""
    other = make_procedure()
    user = make_agent(other.department)
    user.groups.add(role(AGENTS))
    client = Client()
    client.force_login(user)
    return client


def addresses(about: ServiceRequest) -> list[str]:
    file = about.attachments.get()
    return [
        reverse("inbox:request", args=[about.pk]),
        reverse("inbox:file", args=[about.pk, file.key]),
        *(reverse("inbox:action", args=[about.pk, slug]) for slug in ("take", "note", "accept", "refuse", "forward")),
    ]


def test_the_list_shows_what_the_agent_answers_for(desk, about):
    text = desk.get(reverse("inbox:list")).text
    assert about.number in text
    assert about.requester_name in text


def test_another_department_sees_counts_finds_and_opens_nothing(stranger, about):
    page = stranger.get(reverse("inbox:list"))
    assert about.number not in page.text
    assert all(not tab["count"] for tab in page.context["tabs"])
    for query in (about.number, about.requester_name, "lefevre"):
        assert stranger.get(reverse("inbox:list"), {"q": query}).context["page"].lines == []
    for address in addresses(about):
        assert stranger.get(address).status_code in {302, 404}
        assert stranger.post(address, {"text": "x", "reason": "x"}).status_code in {404, 405}
    about.refresh_from_db()
    assert about.log_length == 1


def test_nobody_gets_in_without_logging_in(client, about):
    for address in [reverse("inbox:list"), *addresses(about)]:
        response = client.get(address)
        assert response.status_code == 302
        assert "/admin/login/" in response["Location"]


def test_what_is_due_first_comes_first(desk, about):
    today = city_today()
    for days in (5, -3, 40):
        late = make_request(about.procedure)
        ServiceRequest.objects.filter(pk=late.pk).update(due_key=today + timedelta(days=days))
    lines = desk.get(reverse("inbox:list")).context["page"].lines
    dates = [line.due_on for line in lines]
    assert dates == sorted(dates)
    assert lines[0].urgency == "overdue"


def test_pages_follow_each_other_without_gap_or_repeat(desk, about, monkeypatch):
    monkeypatch.setattr(listing, "LINES", 3)
    made = {about.pk} | {make_request(about.procedure).pk for _ in range(7)}
    seen: list[int] = []
    page = desk.get(reverse("inbox:list")).context["page"]
    forwards = [page]
    while page.next:
        page = desk.get(reverse("inbox:list"), {"after": page.next}).context["page"]
        forwards.append(page)
    for page in forwards:
        seen += [line.id for line in page.lines]
    assert sorted(seen) == sorted(made)
    back = desk.get(reverse("inbox:list"), {"before": forwards[-1].previous}).context["page"]
    assert [line.id for line in back.lines] == [line.id for line in forwards[-2].lines]


@pytest.mark.parametrize("key", ["x", "20269999-1", "-", "20261121-", "99999999999-1", "\x00"])
def test_a_forged_place_in_the_list_gives_the_first_page(desk, about, key):
    assert desk.get(reverse("inbox:list"), {"after": key}).context["page"].lines


@pytest.mark.parametrize("query", ["status=nope", "department=abc", "age=x", "procedure=999999", "due=never", "q=%00"])
def test_a_filter_that_means_nothing_is_no_error(desk, about, query):
    assert desk.get(f"{reverse('inbox:list')}?{query}").status_code == 200


def test_filters_narrow_the_list(desk, agent, about):
    other = make_request(about.procedure, channel="phone")
    assert [line.id for line in desk.get(reverse("inbox:list"), {"channel": "phone"}).context["page"].lines] == [
        other.pk
    ]
    assert desk.get(reverse("inbox:list"), {"whose": "mine"}).context["page"].lines == []
    assert len(desk.get(reverse("inbox:list"), {"whose": "nobody"}).context["page"].lines) == 2
    ServiceRequest.objects.filter(pk=other.pk).update(received_at=timezone.now() - timedelta(days=95))
    assert other.pk in [line.id for line in desk.get(reverse("inbox:list"), {"age": "90"}).context["page"].lines]


def test_an_answered_request_leaves_the_list_and_is_found_by_its_number(desk, about):
    desk.post(reverse("inbox:action", args=[about.pk, "accept"]), {"reason": ""})
    assert desk.get(reverse("inbox:list")).context["page"].lines == []
    assert [line.id for line in desk.get(reverse("inbox:list"), {"q": about.number}).context["page"].lines] == [
        about.pk
    ]


def test_the_list_costs_the_same_queries_whatever_its_length(desk, about, django_assert_max_num_queries):
    for _ in range(12):
        make_request(about.procedure)
    desk.get(reverse("inbox:list"))
    with django_assert_max_num_queries(10):
        desk.get(reverse("inbox:list"))


def test_the_request_shows_answers_file_and_log(desk, about):
    text = desk.get(reverse("inbox:request", args=[about.pk])).text
    for shown in (about.number, "Nom de l’enfant", "Inès Lefèvre", "vaccins.pdf"):
        assert shown in text


def test_a_file_is_downloaded_and_never_shown_inside_the_site(desk, about):
    response = desk.get(reverse("inbox:file", args=[about.pk, about.attachments.get().key]))
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("slug", "typed", "status", "mails"),
    [
        ("take", {}, "in_progress", 0),
        ("note", {"text": "Voir avec la voirie."}, "registered", 0),
        ("message", {"text": "Nous regardons."}, "registered", 1),
        (
            "completion",
            {"missing": "La page des vaccins\n\nUn justificatif", "reason": "incomplete", "by": "2099-01-31"},
            "waiting",
            1,
        ),
        ("accept", {"reason": ""}, "accepted", 1),
        ("refuse", {"reason": "Hors délai."}, "refused", 1),
        ("close", {"reason": "Sans objet."}, "closed", 1),
    ],
)
def test_each_action_does_its_work_and_tells_the_resident(desk, about, slug, typed, status, mails):
    mail = OutboxMessage.objects.exclude(kind="satisfaction")
    before = mail.count()
    response = desk.post(reverse("inbox:action", args=[about.pk, slug]), typed)
    assert response.status_code == 302
    about.refresh_from_db()
    assert about.status == status
    assert about.log_length == 2
    assert mail.count() == before + mails


def test_a_refusal_without_reasons_keeps_the_page_and_says_why(desk, about):
    response = desk.post(reverse("inbox:action", args=[about.pk, "refuse"]), {"reason": " "})
    assert response.status_code == 422
    assert 'id="desk-refuse-reason_error"' in response.text
    field = re.search(r'<textarea name="refuse-reason"[^>]*>', response.text)
    assert field
    assert "autofocus" in field.group()
    assert "desk-refuse-reason_error" in field.group()  # what a screen reader says after its name
    about.refresh_from_db()
    assert not about.is_decided


def test_what_was_typed_is_there_again_after_a_mistake(desk, about):
    typed = {"missing": "La page des vaccins", "reason": "incomplete", "by": "2001-01-01", "explanation": "Une photo."}
    response = desk.post(reverse("inbox:action", args=[about.pk, "completion"]), typed)
    assert response.status_code == 422
    assert "La page des vaccins" in response.text
    assert "Une photo." in response.text


def test_the_second_of_two_answers_is_told_that_there_is_one(desk, about):
    desk.post(reverse("inbox:action", args=[about.pk, "accept"]), {"reason": ""})
    response = desk.post(reverse("inbox:action", args=[about.pk, "refuse"]), {"reason": "Non."})
    assert response.status_code == 422
    about.refresh_from_db()
    assert about.status == "accepted"


def test_a_forwarded_request_leaves_the_desk(desk, about):
    other = make_procedure().department
    response = desk.post(
        reverse("inbox:action", args=[about.pk, "forward"]), {"department": other.pk, "reason": "Pour vous."}
    )
    assert response["Location"] == reverse("inbox:list")
    assert desk.get(reverse("inbox:request", args=[about.pk])).status_code == 404


def test_an_unknown_action_does_not_exist(desk, about):
    assert desk.post(reverse("inbox:action", args=[about.pk, "delete"])).status_code == 404


def test_the_agent_is_told_when_nobody_can_be_written_to(desk, about):
    ServiceRequest.objects.filter(pk=about.pk).update(requester_email="")
    answer = desk.post(reverse("inbox:action", args=[about.pk, "accept"]), {"reason": ""}, follow=True)
    assert "tell the resident by another means" in answer.text


def test_words_filed_in_arabic_stand_once_and_marked_for_a_voice_that_reads_arabic(desk, agent, about):
    words = "حفرة أمام المدرسة"
    kept = {"question_id": "1", "type": "text", "agent_label": "Où ?", "label": "أين؟"}
    ServiceRequest.objects.filter(pk=about.pk).update(
        language="ar",
        answers=[kept | {"shown": said, "agent_shown": said, "value": said} for said in (words, "12 rue des Lilas")],
    )
    page = desk.get(reverse("inbox:request", args=[about.pk])).text
    assert page.count(words) == 1
    assert f'<div lang="ar" dir="auto">{words}</div>' in page
    assert '<div dir="auto">12 rue des Lilas</div>' in page  # a French address in an Arabic form
    assert '<span class="inbox-seen" lang="ar" dir="auto">أين؟</span>' in page
