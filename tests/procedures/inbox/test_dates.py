"""The dates of a request, from what the town and the procedure wrote down."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cms.pages import site
from cms.pages.models import CitySettings
from directory.models import DepartmentClosure
from procedures.inbox.checks import check_delay_convention, check_working_days
from procedures.inbox.clock import city_day
from procedures.inbox.models import ClosingDay, Event, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE
from procedures.inbox.received import Requester
from procedures.inbox.services.decision import accept, close
from procedures.inbox.services.handling import forward
from procedures.inbox.services.writing import SYSTEM, move_clock, record
from tests.factories.inbox import make_agent, make_request
from tests.factories.procedures import make_department, make_procedure

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 12, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_site():
    site.forget()


def in_working_days(**fields):
    return make_procedure(announced_delay_days=3, announced_delay_unit="working_days", delay=2, **fields)


def test_promise_in_working_days_leaves_out_what_the_town_closes():
    assert make_request(in_working_days(), received_at=RECEIVED).announced_on == date(2026, 12, 29)
    ClosingDay.objects.create(first_day=date(2026, 12, 24), last_day=date(2026, 12, 31))
    site.forget()  # what a commit does
    assert make_request(in_working_days(), received_at=RECEIVED).announced_on == date(2027, 1, 6)


def test_closure_of_a_department_is_its_own():
    baths, registry = make_department("Piscine"), make_department("État civil")
    DepartmentClosure.objects.create(
        department=baths, locale=baths.locale, first_day=date(2026, 12, 24), last_day=date(2026, 12, 24)
    )
    site.forget()
    days = [
        make_request(in_working_days(department=one), received_at=RECEIVED).announced_on for one in (baths, registry)
    ]
    assert days == [date(2026, 12, 30), date(2026, 12, 29)]


def test_forwarded_promise_counts_the_working_days_of_its_new_department():
    closed, open_ = make_department("Piscine"), make_department("État civil")
    DepartmentClosure.objects.create(
        department=closed, locale=closed.locale, first_day=date(2026, 12, 24), last_day=date(2026, 12, 28)
    )
    site.forget()
    agent, somebody = make_agent(open_), Requester("Camille Lefèvre", "", "")
    procedure = in_working_days(department=open_)
    filed = make_request(procedure, received_at=RECEIVED, requester=somebody, entered_by=agent)
    was = filed.due_on
    forward(filed, department=closed, reason="Les bains", agent=agent, at=RECEIVED)
    filed.refresh_from_db()
    assert (filed.announced_on, filed.due_key, filed.due_on) == (date(2026, 12, 31), date(2026, 12, 31), was)
    assert filed.events.get(kind="forwarded").data["announced_on"] == "2026-12-31"
    assert "31 décembre 2026" in filed.letters.get(kind="message").text.replace("\u00a0", " ")


def test_convention_that_means_nothing_is_told_before_anybody_files(settings):
    assert check_delay_convention() == []
    settings.DELAY_CONVENTION = "next_day"
    assert [found.id for found in check_delay_convention()] == ["inbox.E002"]


def test_working_days_without_the_postcode_of_the_town_are_told():
    in_working_days()
    assert [found.id for found in check_working_days(databases=["default"])] == ["inbox.W001"]
    CitySettings.objects.update_or_create(pk=1, defaults={"postcode": "49000"})
    assert check_working_days(databases=["default"]) == []


def test_postcode_of_the_town_says_which_holidays_it_has():
    CitySettings.objects.update_or_create(pk=1, defaults={"postcode": "67000"})
    site.forget()
    filed = make_request(in_working_days(), received_at=datetime(2028, 12, 22, 9, 0, tzinfo=UTC))
    assert filed.announced_on == date(2028, 12, 29)  # the 25th and the 26th


def test_silence_accepts_from_the_day_the_competent_department_had_it():
    filed = make_request(in_working_days(), received_at=RECEIVED)
    assert filed.due_on == date(2027, 2, 24)
    filed.competent_on = date(2026, 12, 30)
    move_clock(filed, date(2026, 12, 30))
    assert filed.due_on == date(2027, 2, 28)


@pytest.mark.parametrize(("decide", "legal"), [(close, date(2027, 2, 24)), (accept, None)])
def test_reopened_request_keeps_its_legal_date_unless_it_was_decided(decide, legal):
    filed = make_request(in_working_days(), received_at=RECEIVED)
    agent = make_agent(filed.department)
    decide(filed, agent=agent, reason="Sans objet", at=datetime(2027, 1, 5, 9, 0, tzinfo=UTC))
    reopened = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)  # as the service does
    filed.closed_at, filed.status, filed.reopened_on = None, "in_progress", city_day(reopened, CITY_ZONE)
    move_clock(filed, filed.reopened_on)
    record(filed, Event.Kind.REOPENED, SYSTEM, reopened)
    filed = ServiceRequest.objects.get(pk=filed.pk)
    assert (filed.due_on, filed.announced_on) == (legal, date(2027, 1, 14))
