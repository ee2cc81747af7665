"""The same action on many requests: chosen, foretold, done once, and reported."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.roles import ADMINISTRATORS, AGENTS, role
from procedures.inbox.jobs import running, services, tasks
from procedures.inbox.jobs.actions import BULK_ACTIONS
from procedures.inbox.jobs.models import Job
from procedures.inbox.models import Event, Message, OutboxMessage, ReplyTemplate, ServiceRequest
from procedures.inbox.sealing import all_breaks
from procedures.inbox.services import bulk, decision
from tests.factories.inbox import UserFactory, make_agent, make_request
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure():
    return make_procedure(silence_effect="none", announced_delay_days=14)


@pytest.fixture
def agent(procedure):
    user = make_agent(procedure.department)
    user.groups.add(role(AGENTS))
    return user


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


@pytest.fixture
def requests_(procedure) -> list[ServiceRequest]:
    return [make_request(procedure) for _ in range(5)]


def prepare(desk: Client, action: str, **chosen) -> Job:
    """Choose lines of the list and an action."""
    answer = desk.post(reverse("inbox_jobs:prepare"), {"action": action, "which": "ticked", **chosen})
    assert answer.status_code == 302
    return Job.objects.latest("pk")


def started(job: Job) -> Job:
    """As the page's button leaves it, before any worker came."""
    assert services.start(job, seen=Job.objects.get(pk=job.pk).preview["seal"])
    return Job.objects.get(pk=job.pk)


def statuses() -> set[str]:
    return set(ServiceRequest.objects.values_list("status", flat=True))


def test_nothing_is_done_before_it_was_foretold_and_confirmed(
    desk, agent, requests_, django_capture_on_commit_callbacks
):
    closed, silent, *_rest = requests_
    decision.accept(closed, agent=agent)
    ServiceRequest.objects.filter(pk=silent.pk).update(requester_email="")
    job = prepare(desk, "close", pk=[request.pk for request in requests_])
    page = desk.get(reverse("inbox_jobs:bulk", args=[job.key]))
    assert page.context["preview"] is None
    page = desk.post(reverse("inbox_jobs:bulk", args=[job.key]), {"reason": "Campagne terminée."}, follow=True)
    preview = page.context["preview"]
    assert (preview["changed"], preview["letters"], preview["unreachable"]) == (4, 3, 1)
    assert "already has its answer" in page.text
    assert closed.number in page.text
    assert not ServiceRequest.objects.filter(status="closed").exists()
    mails = OutboxMessage.objects.filter(kind="closed")
    assert not mails.exists()

    with django_capture_on_commit_callbacks(execute=True):
        for _click in range(2):
            report = desk.post(reverse("inbox_jobs:start", args=[job.key]), {"seen": preview["seal"]}, follow=True)
    assert ServiceRequest.objects.filter(status="closed").count() == 4
    assert mails.count() == 3
    assert list(all_breaks()) == []
    report = desk.get(reverse("inbox_jobs:job", args=[job.key]))
    assert {line["number"] for line in report.context["lines"]} == {closed.number, silent.number}
    assert "4 requests changed" in report.text


def test_on_a_busy_machine_the_trial_ends_in_time_and_says_how_far_it_came(desk, requests_, monkeypatch):
    monkeypatch.setattr(services, "TRIAL_SECONDS", -1)
    monkeypatch.setattr(bulk, "chunk_size", lambda: 2)
    job = prepare(desk, "take", pk=[request.pk for request in requests_])
    page = desk.get(reverse("inbox_jobs:bulk", args=[job.key]))
    assert "Only the first 2 of 5 requests were tried" in page.text
    assert reverse("inbox_jobs:start", args=[job.key]) in page.text


def test_a_refusal_needs_its_reasons_for_many_as_for_one(desk, requests_):
    job = prepare(desk, "refuse", pk=[requests_[0].pk])
    answer = desk.post(reverse("inbox_jobs:bulk", args=[job.key]), {"reason": " "})
    assert answer.status_code == 422
    assert 'class="error-message"' in answer.text
    assert not services.start(Job.objects.get(pk=job.pk), seen="")


def test_words_may_start_from_a_reply_and_are_filled_in_for_each(desk, agent, requests_):
    reply = ReplyTemplate.objects.create(title="Merci", text="Bonjour {{ name }}, au sujet de {{ number }} : merci.")
    elsewhere = ReplyTemplate.objects.create(title="Pas à nous", text="x", department=make_procedure().department)
    job = prepare(desk, "message", pk=[request.pk for request in requests_[:2]])
    address = reverse("inbox_jobs:bulk", args=[job.key])
    page = desk.post(address, {"use": "1", "reply": reply.pk})
    assert reply.text in page.text
    assert elsewhere.title not in page.text
    answer = desk.post(address, {"text": "Bonjour {{ nom }}"})
    assert answer.status_code == 422
    assert "{{ nom }}" in answer.text
    page = desk.post(address, {"text": reply.text}, follow=True)
    assert f"au sujet de {requests_[0].number}" in page.text
    started(Job.objects.get(pk=job.pk))
    assert "Camille" not in str(Job.objects.get(pk=job.pk).preview)
    running.run(job.pk)
    texts = Message.objects.order_by("request_id").values_list("text", flat=True)
    assert list(texts) == [f"Bonjour Camille Lefèvre, au sujet de {r.number} : merci." for r in requests_[:2]]


def test_work_that_is_under_way_keeps_its_words_whatever_another_window_fills_in(desk, agent, requests_):
    job = prepare(desk, "note", pk=[request.pk for request in requests_])
    services.foretell(job, agent, {"text": "Vu."}, {"text": "Vu."})
    started(job)
    services.foretell(job, agent, {"text": "Tard."}, {"text": "Tard."})
    assert Job.objects.get(pk=job.pk).parameters == {"text": "Vu."}


def test_nothing_starts_that_another_window_has_filled_in_otherwise(desk, agent, requests_):
    job = prepare(desk, "note", pk=[request.pk for request in requests_])
    bulk, start = (reverse(f"inbox_jobs:{name}", args=[job.key]) for name in ("bulk", "start"))
    desk.post(bulk, {"text": "Vu."})
    seen = Job.objects.get(pk=job.pk).preview["seal"]
    desk.post(bulk, {"text": "Autre chose."})
    page = desk.post(start, {"seen": seen}, follow=True)
    assert Job.objects.get(pk=job.pk).state == "prepared"
    assert "in another window" in page.text
    assert "Autre chose." in page.text


def test_all_that_match_means_those_of_the_filters_and_no_other_departments(desk, procedure, requests_):
    make_request()  # elsewhere
    phoned = make_request(procedure, channel="phone")
    job = prepare(desk, "take", which="all", filters="channel=phone")
    assert job.request_ids == [phoned.pk]
    job = prepare(desk, "take", which="all", filters="")
    assert job.request_ids == [request.pk for request in (*requests_, phoned)]


def test_lines_that_are_not_ours_cannot_be_ticked(desk, requests_):
    other = make_request()
    job = prepare(desk, "take", pk=[requests_[0].pk, other.pk, "x", "9" * 30])
    assert job.request_ids == [requests_[0].pk]


def test_ticking_nothing_or_too_much_is_said_and_keeps_the_filters(desk, requests_, monkeypatch):
    answer = desk.post(reverse("inbox_jobs:prepare"), {"action": "take", "which": "ticked", "filters": "channel=phone"})
    assert answer["Location"] == f"{reverse('inbox:list')}?channel=phone"
    monkeypatch.setattr("procedures.inbox.jobs.bulk_screens.MOST_REQUESTS", 3)
    answer = desk.post(reverse("inbox_jobs:prepare"), {"action": "take", "which": "all", "filters": ""}, follow=True)
    assert "More than 3 requests match" in answer.text
    assert not Job.objects.exists()


def test_a_worker_killed_half_way_is_followed_by_another_that_skips_and_repeats_nothing(
    desk, agent, requests_, monkeypatch
):
    job = prepare(desk, "note", pk=[request.pk for request in requests_])
    services.foretell(job, agent, {"text": "Vu."}, {"text": "Vu."})
    started(job)
    monkeypatch.setattr(running, "chunk_size", lambda: 2)
    do, chunks = running.act_on, []

    def killed_in_the_second_chunk(pks, act):
        results = do(pks, act)
        chunks.append(pks)
        if len(chunks) == 2:
            raise SystemExit
        return results

    monkeypatch.setattr(running, "act_on", killed_in_the_second_chunk)
    with pytest.raises(SystemExit):
        running.run(job.pk)
    noted = Event.objects.filter(kind="noted").order_by("request_id").values_list("request_id", flat=True)
    assert list(noted.all()) == job.request_ids[:2]
    assert running.due_jobs() == []  # its worker may still live
    assert not running.run(job.pk)
    assert noted.all().count() == 2

    Job.objects.update(heartbeat_at=timezone.now() - running.STALE - timedelta(seconds=1))
    tasks.sweep_jobs()
    assert list(noted.all()) == job.request_ids
    job.refresh_from_db()
    assert (job.state, job.position, job.changed) == ("done", 5, 5)
    assert list(all_breaks()) == []


def test_one_request_that_breaks_does_not_keep_the_others_waiting(desk, agent, requests_, monkeypatch):
    job = prepare(desk, "take", pk=[request.pk for request in requests_])
    action, broken = BULK_ACTIONS["take"], requests_[2].pk

    def breaks_at_one(request, **said):
        if request.pk == broken:
            raise RuntimeError
        return action.service(request, **said)

    monkeypatch.setitem(BULK_ACTIONS, "take", type(action)("take", "Take", action.form, breaks_at_one))
    results = bulk.act_on(job.request_ids, BULK_ACTIONS["take"].act(agent, {}))
    assert [result.pk for result in results if result.refusal] == [broken]
    assert ServiceRequest.objects.filter(agent=agent).count() == 4


def test_cancelling_stops_before_the_next_chunk_and_keeps_what_is_done(desk, agent, requests_, monkeypatch):
    job = prepare(desk, "take", pk=[request.pk for request in requests_])
    services.foretell(job, agent, {}, {})
    started(job)
    monkeypatch.setattr(running, "chunk_size", lambda: 2)
    do = running.act_on

    def stopped_meanwhile(pks, act):
        desk.post(reverse("inbox_jobs:cancel", args=[job.key]))
        return do(pks, act)

    monkeypatch.setattr(running, "act_on", stopped_meanwhile)
    running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.changed) == ("cancelled", 2)


def test_whoever_lost_the_right_meanwhile_does_nothing_any_more(desk, agent, requests_):
    job = prepare(desk, "take", pk=[request.pk for request in requests_])
    services.foretell(job, agent, {}, {})
    started(job)
    agent.groups.clear()
    running.run(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.problem
    assert statuses() == {"received"}


def test_a_request_forwarded_meanwhile_is_left_to_its_new_department(desk, agent, requests_):
    job = prepare(desk, "take", pk=[request.pk for request in requests_])
    services.foretell(job, agent, {}, {})
    started(job)
    ServiceRequest.objects.filter(pk=requests_[0].pk).update(department=make_procedure().department)
    running.run(job.pk)
    remark = Job.objects.get(pk=job.pk).remarks.get()
    assert (remark.request_id, remark.reason) == (requests_[0].pk, "This request belongs to another department.")
    report = desk.get(reverse("inbox_jobs:job", args=[job.key]))
    assert reverse("inbox:request", args=[requests_[0].pk]) not in report.text


def test_work_is_its_owners_and_the_register_is_the_administrators(desk, agent, requests_):
    job = prepare(desk, "take", pk=[requests_[0].pk])
    services.foretell(job, agent, {}, {})
    colleague, boss = make_agent(requests_[0].department), UserFactory()
    colleague.groups.add(role(AGENTS))
    boss.groups.add(role(ADMINISTRATORS))
    names = ("job", "state", "bulk", "start", "cancel", "file")
    for user in (colleague, boss):
        client = Client()
        client.force_login(user)
        for name in ("bulk", "start") if user is boss else names:
            address = reverse(f"inbox_jobs:{name}", args=[job.key])
            assert client.get(address).status_code in {302, 404, 405}
            assert client.post(address, {}).status_code in {404, 405}
    started(job)
    assert "Take" in desk.get(reverse("inbox_jobs:list")).text
    assert Client().get(reverse("inbox_jobs:job", args=[job.key])).status_code == 302
    client.force_login(boss)
    assert str(agent) in client.get(reverse("inbox_jobs:list")).text
    assert client.get(reverse("inbox_jobs:job", args=[job.key])).status_code == 200
    assert client.get(reverse("inbox_jobs:job", args=[uuid4()])).status_code == 404
