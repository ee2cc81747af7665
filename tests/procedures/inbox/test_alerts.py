"""Reminders of dates: to whom, when, once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils.translation import override

from cms.accounts.roles import AGENTS, COMMUNICATIONS, role
from procedures.inbox.desk.dashboard import counts_of
from procedures.inbox.models import Alert, DeskSettings, Event, OutboxMessage, Team
from procedures.inbox.responsible import Staff
from procedures.inbox.services import alerts
from procedures.inbox.services.alerts import give_alerts
from procedures.inbox.services.completion import ask_for_completion
from procedures.inbox.services.decision import accept
from procedures.inbox.services.handling import take
from procedures.inbox.staff_letters import write_staff_letter
from tests.factories.inbox import make_agent, make_procedure, make_request
from tests.factories.procedures import make_department

pytestmark = pytest.mark.django_db
ANNOUNCED, LEGAL = date(2026, 11, 28), date(2027, 1, 15)  # of ``request_``


@pytest.fixture
def head(request_):
    return make_agent(request_.department, role="head")


def morning(day: date):
    return time_machine.travel(datetime(day.year, day.month, day.day, 6, 35, tzinfo=UTC), tick=False)


def on(day: date) -> None:
    with morning(day):
        give_alerts()


def told() -> list[tuple[str, int]]:
    return [(row.recipient, len(row.payload["alert_ids"])) for row in OutboxMessage.objects.filter(kind="staff_digest")]


def test_agent_is_reminded_at_each_step_and_the_head_told_on_the_day(request_, agent, head):
    take(request_, agent=agent)
    on(ANNOUNCED - timedelta(days=8))
    assert told() == []
    for days in (7, 6, 2, 1):
        on(ANNOUNCED - timedelta(days=days))
    assert told() == [(agent.email, 1), (agent.email, 1)]
    on(ANNOUNCED)
    assert told()[2:] == [(head.email, 1)]
    assert list(Alert.objects.order_by("pk").values_list("kind", "days")) == [
        ("reminder", 7),
        ("reminder", 2),
        ("escalation", 0),
    ]
    kinds = [event.kind for event in request_.events.all() if event.kind in (Event.Kind.ALERTED, Event.Kind.ESCALATED)]
    assert kinds == ["alerted", "alerted", "escalated"]


def test_legal_date_has_its_own_reminders_once_the_announced_one_is_missed(request_, agent, head):
    take(request_, agent=agent)
    on(ANNOUNCED)
    on(LEGAL - timedelta(days=7))
    assert Alert.objects.filter(due_key=LEGAL).get().kind == "reminder"


def test_what_was_missed_while_everything_was_down_is_one_reminder(request_, agent):
    take(request_, agent=agent)
    on(ANNOUNCED - timedelta(days=1))
    assert [row.days for row in Alert.objects.all()] == [2]


def test_many_requests_make_one_email_a_day(agent, request_):
    for _ in range(3):
        take(make_request(request_.procedure), agent=agent)
    take(request_, agent=agent)
    for _ in range(2):  # the second run finds nothing
        on(ANNOUNCED - timedelta(days=7))
    assert told() == [(agent.email, 4)]


def test_what_comes_up_later_the_same_day_is_in_the_next_email(agent, request_):
    take(request_, agent=agent)
    on(ANNOUNCED - timedelta(days=7))
    take(make_request(request_.procedure), agent=agent)
    on(ANNOUNCED - timedelta(days=7))
    assert told() == [(agent.email, 1)]
    on(ANNOUNCED - timedelta(days=6))
    assert told() == [(agent.email, 1), (agent.email, 1)]


def test_crash_before_the_email_loses_no_reminder_and_doubles_none(agent, request_, monkeypatch):
    take(request_, agent=agent)
    with monkeypatch.context() as killed:
        killed.setattr(alerts, "post_digests", lambda *_a, **_k: 0)
        on(ANNOUNCED - timedelta(days=7))
    assert told() == []
    on(ANNOUNCED - timedelta(days=6))
    on(ANNOUNCED - timedelta(days=6))
    assert told() == [(agent.email, 1)]


def test_request_that_waits_for_its_resident_is_left_in_peace(request_, agent):
    ask_for_completion(request_, missing=["Livret"], by=ANNOUNCED, agent=agent, at=datetime(2026, 11, 16, tzinfo=UTC))
    on(ANNOUNCED + timedelta(days=30))
    assert told() == []


def test_refusal_that_comes_while_its_resident_keeps_silent_is_told():
    waiting = make_request(make_procedure(silence_effect="refusal", announced_delay_days=200))
    ask_for_completion(
        waiting,
        missing=["Livret"],
        by=date(2026, 11, 29),
        agent=(own := make_agent(waiting.department)),
        at=datetime(2026, 11, 16, tzinfo=UTC),
    )
    day = LEGAL + timedelta(days=14)  # from the 16th to the 29th
    on(day - timedelta(days=8))
    assert told() == []
    on(day - timedelta(days=7))
    assert told() == [(own.email, 1)]
    with morning(day):
        assert counts_of(own)["soon"] == 1


def test_department_chooses_its_own_days(request_, agent, head):
    DeskSettings.objects.create(department=request_.department, alert_days=[10, "soon"], escalation_days=-1)
    take(request_, agent=agent)
    on(ANNOUNCED - timedelta(days=10))
    on(ANNOUNCED)
    assert told() == [(agent.email, 1)]
    on(ANNOUNCED + timedelta(days=1))
    assert told()[1:] == [(head.email, 1)]


def test_team_then_heads_then_everybody_are_told_of_what_nobody_has(request_, agent):
    assert Staff().to_tell(request_) == [agent]
    head = make_agent(request_.department, role="head")
    assert Staff().to_tell(request_) == [head]
    member, stranger = make_agent(request_.department), make_agent(make_department("Voirie"))
    request_.team = Team.objects.create(department=request_.department, name="Accueil")
    request_.team.members.set([member, stranger])
    assert Staff().to_tell(request_) == [member]
    request_.agent = stranger
    assert Staff().to_tell(request_) == [member]


def test_email_names_the_requests_that_are_still_to_be_answered_and_nobody_else(request_, agent):
    other = make_request(make_procedure(department=request_.department, announced_delay_days=14, title="Acte"))
    for one in (request_, other):
        take(one, agent=agent)
    on(ANNOUNCED - timedelta(days=7))
    accept(other, agent=agent)
    message = OutboxMessage.objects.get(kind="staff_digest")
    with override(settings.LANGUAGE_CODE), morning(ANNOUNCED):
        letter = write_staff_letter({"kind": message.kind, "request_id": message.request_id, **message.payload})
    assert request_.number in letter.text
    assert other.number not in letter.text
    assert request_.requester_name not in letter.text + letter.html


def test_dashboard_counts_what_is_near_for_whoever_may_see_it(request_, agent, client, django_assert_max_num_queries):
    stranger = make_agent(make_department("Voirie"))
    with morning(ANNOUNCED - timedelta(days=2)):
        with django_assert_max_num_queries(3):
            assert counts_of(agent) == {"overdue": 0, "soon": 1, "mine": 0, "nobody": 1}
        assert set(counts_of(stranger).values()) == {0}
        for user in (agent, stranger):
            user.groups.add(role(AGENTS))
            client.force_login(user)
            assert 'id="inbox-soon"' in client.get("/admin/").content.decode()
    stranger.groups.set([role(COMMUNICATIONS)])
    assert 'id="inbox-soon"' not in client.get("/admin/").content.decode()
