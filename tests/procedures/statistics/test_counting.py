"""Figures are right to the request: the log, counted by itself, says the same."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procedures.inbox.errors import InboxError
from procedures.inbox.models import Event, ServiceRequest
from procedures.inbox.services.completion import answer_completion, ask_for_completion
from procedures.inbox.services.conversation import write_as_resident, write_to_resident
from procedures.inbox.services.decision import accept, close, refuse
from procedures.inbox.services.handling import forward, take
from procedures.inbox.services.purging import purge_answers
from procedures.inbox.services.reopening import reopen
from procedures.inbox.services.satisfaction import rate
from procedures.statistics import services
from procedures.statistics.counts import Ledger, Scope, counts_of
from procedures.statistics.models import Progress, Tally
from procedures.statistics.periods import Period, add_months
from tests.factories.directory import DepartmentFactory
from tests.factories.inbox import UserFactory, make_request
from tests.factories.procedures import make_procedure
from tests.procedures.statistics.histories import recount

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 9, 28, 9, tzinfo=UTC)
AUTUMN = Period(date(2026, 9, 1), date(2026, 12, 31))
STEPS = ("take", "ask", "answer", "write", "reply", "accept", "refuse", "close", "reopen", "rate", "forward", "count")


@pytest.fixture
def town(time_machine):
    """Two departments, one agent for both, two procedures."""
    time_machine.move_to(datetime(2026, 12, 20, 10, tzinfo=UTC))
    here, there = DepartmentFactory(), DepartmentFactory()
    agent = UserFactory(is_superuser=True)
    procedures = [
        make_procedure(department=here, silence_effect="acceptance", announced_delay_days=5, slug="une"),
        make_procedure(department=there, silence_effect="none", slug="deux"),
    ]
    return here, there, agent, procedures


def live(request: ServiceRequest, step: str, at: datetime, agent, elsewhere) -> None:
    """One thing happens to a request, or nothing where the rules forbid it."""
    day = at.date() + timedelta(days=20)
    acts = {
        "take": lambda: take(request, agent=agent, at=at),
        "ask": lambda: ask_for_completion(request, missing=["RIB"], by=day, agent=agent, at=at),
        "answer": lambda: answer_completion(request, text="Voici.", at=at),
        "write": lambda: write_as_resident(request, text="Et alors ?", at=at),
        "reply": lambda: write_to_resident(request, text="Bientôt.", agent=agent, at=at),
        "accept": lambda: accept(request, agent=agent, at=at),
        "refuse": lambda: refuse(request, agent=agent, reason="Complet.", at=at),
        "close": lambda: close(request, agent=agent, reason="Sans objet.", at=at),
        "reopen": lambda: reopen(request, reason="Toujours cassé.", agent=agent, at=at),
        "rate": lambda: rate(request, step=1 + at.minute % 5, at=at),
        "forward": lambda: forward(request, department=elsewhere, reason="À vous.", agent=agent, at=at),
        "count": services.count_changes,
    }
    with contextlib.suppress(InboxError):
        acts[step]()


def held(counts) -> dict:
    """Counts without what is nought, to compare with a recount."""
    kept = {name: value for name, value in counts.items() if name not in ("first_day", "last_day", "scope", "overdue")}
    return {name: value for name, value in kept.items() if value}


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    lives=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(STEPS), st.integers(1, 200)), min_size=4, max_size=14)
)
def test_every_count_is_what_the_log_says(town, lives):
    here, there, agent, procedures = town
    Tally.objects.all().delete()
    Progress.objects.all().delete()
    mine = [make_request(procedures[number % 2], received_at=FIRST + timedelta(days=number)) for number in range(3)]
    at = FIRST + timedelta(days=3)
    for number, step, hours in lives:
        at += timedelta(hours=hours, minutes=7)
        request = mine[number]
        request.refresh_from_db()
        live(request, step, at, agent, there if request.department_id == here.pk else here)
    services.count_changes()
    for month in range(9, 13):
        first = date(2026, month, 1)
        period = Period(first, add_months(first, 1) - timedelta(days=1))
        said = {name: value for name, value in recount(period, Event.objects.all()).items() if value}
        # What waits at the end is from before, too: the tests share nothing else.
        assert held(counts_of(period)) == said
    whole = held(counts_of(AUTUMN))
    assert whole == {name: value for name, value in recount(AUTUMN, Event.objects.all()).items() if value}
    list(services.count_all())
    assert held(counts_of(AUTUMN)) == whole


def test_what_happens_is_counted_at_the_next_run_and_only_then(town, django_assert_max_num_queries):
    _here, _there, agent, (first, _) = town
    request = make_request(first, received_at=FIRST)
    services.count_changes()
    assert counts_of(AUTUMN)["waiting"] == 1
    accept(request, agent=agent, at=FIRST + timedelta(days=2))
    assert services.count_changes() == 2  # the day it came, the day of its answer
    assert (counts_of(AUTUMN)["decided"], counts_of(AUTUMN)["waiting"]) == (1, 0)
    with django_assert_max_num_queries(12):
        assert services.count_changes() == 0


def test_reopening_takes_the_answer_back_and_forwarding_takes_the_request_along(town):
    here, there, agent, (first, _) = town
    request = make_request(first, received_at=FIRST)
    close(request, agent=agent, reason="Fait.", at=FIRST + timedelta(days=1))
    services.count_changes()
    reopen(request, reason="Pas fait.", agent=agent, at=FIRST + timedelta(days=3))
    forward(request, department=there, reason="À vous.", agent=agent, at=FIRST + timedelta(days=4))
    services.count_changes()
    ours, theirs = (counts_of(AUTUMN, Scope(frozenset({where.pk}))) for where in (here, there))
    assert [ours[name] for name in ("received", "decided", "reopened", "waiting")] == [0, 0, 0, 0]
    assert [theirs[name] for name in ("received", "decided", "reopened", "waiting")] == [1, 0, 1, 1]


def test_an_event_that_a_longer_transaction_brings_in_late_is_counted(town):
    """Ids are given before the commit: a smaller one may be seen after a larger one."""
    first = town[3][0]
    hidden = Event.objects.get(request=make_request(first, received_at=FIRST))
    make_request(first, received_at=FIRST)
    Event.objects.filter(pk=hidden.pk)._raw_delete(Event.objects.db)
    services.count_changes()
    Tally.objects.all().delete()  # the request of the hidden event was not there to be counted
    Event.objects.bulk_create([hidden])
    assert services.count_changes() == 1
    assert counts_of(AUTUMN)["received"] == 2


def test_a_late_request_is_late_the_next_morning_without_any_event(town, time_machine):
    _, _, _, (first, _) = town
    time_machine.move_to(datetime(2026, 10, 3, 10, tzinfo=UTC))
    make_request(first, received_at=FIRST)  # promised within 5 days
    services.count_changes()
    assert counts_of(AUTUMN)["overdue"] == 0
    time_machine.move_to(datetime(2026, 10, 4, 10, tzinfo=UTC))
    services.count_changes()
    assert counts_of(AUTUMN)["overdue"] == 1


def test_every_grain_and_every_cut_of_a_period_adds_up_to_the_same(town):
    _here, _, agent, procedures = town
    for number in range(4):
        request = make_request(procedures[number % 2], received_at=FIRST + timedelta(days=20 * number), channel="phone")
        if number < 2:
            accept(request, agent=agent, at=FIRST + timedelta(days=20 * number + 3))
    services.count_changes()
    whole = held(counts_of(AUTUMN))
    for by in ("procedure_id", "department_id", "channel", "district_id"):
        told = Ledger(Scope(), AUTUMN, by=by).told()
        assert held(told.total) == whole
        assert sum(part["received"] for part in told.parts.values()) == 4
    cut = [Period(date(2026, 9, 1), date(2026, 10, 17)), Period(date(2026, 10, 18), date(2026, 12, 31))]
    assert sum(counts_of(part)["received"] for part in cut) == 4
    assert counts_of(AUTUMN, Scope(channel="phone"))["decided"] == 2
    assert counts_of(AUTUMN, Scope(channel="post"))["received"] == 0


def test_figures_outlive_what_is_purged(town):
    _, _, agent, (first, _) = town
    request = make_request(first, received_at=FIRST)
    write_to_resident(request, text="Bientôt.", agent=agent, at=FIRST + timedelta(days=1))
    accept(request, agent=agent, at=FIRST + timedelta(days=2))
    rate(request, step=5, words="Merci !", at=FIRST + timedelta(days=3))
    services.count_changes()
    before = held(counts_of(AUTUMN))
    assert purge_answers(request) is not None
    list(services.count_all())  # from the requests, as they are now
    assert held(counts_of(AUTUMN)) == before
    assert before["steps"] == {5: 1}
