"""Figures about requests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cms.pages.offers import Visit
from procedures.inbox.models import ServiceRequest
from procedures.plugins import Figure, statistics
from procedures.statistics.cells import NUMBERS
from procedures.statistics.counts import counts_of
from procedures.statistics.distributions import mean, percent_of, share_within
from procedures.statistics.home import Figures
from procedures.statistics.periods import Period, last_days
from procedures.statistics.services import count_all
from procedures.statistics.showing import in_words
from tests.factories.inbox import make_request
from tests.procedures.statistics.histories import copy

pytestmark = pytest.mark.django_db

NOTHING = dict.fromkeys(NUMBERS, 0) | {"days": {}, "steps": {}}
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def november(db, time_machine):
    """Eight received in November, six of which were answered after 1 to 6 days, four in time."""
    first = make_request()
    ServiceRequest.objects.filter(pk=first.pk).update(received_at=datetime(2026, 10, 25, tzinfo=UTC))
    for number in range(8):
        received = datetime(2026, 11, 2, 9, tzinfo=UTC)
        closed = received + timedelta(days=number + 1) if number < 6 else None
        copy(first, received, closed, announced_on=date(2026, 11, 6))
    # Answered on 1 December in the city, still 30 November in UTC.
    copy(first, datetime(2026, 10, 31, 22, tzinfo=UTC), datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    time_machine.move_to(datetime(2026, 12, 1, 10, tzinfo=UTC))
    list(count_all())
    return first


def test_figures_count_what_they_say(november):
    counts = counts_of(NOVEMBER)
    assert {statistic.slug: statistic.figure(counts)[::2] for statistic in statistics} == {
        "requests_received": (8, 8),
        "requests_decided": (6, 6),
        "answered_in_time": (67, 6),
        "within_legal_delay": (None, 0),
        "median_delay": (3, 6),
        "ninetieth_delay": (6, 6),
        "first_contact": (100, 6),
        "requests_reopened": (0, 0),
        "waiting_now": (3, 3),
        "overdue_now": (1, 3),
        "satisfaction_mean": (None, 0),
        "satisfaction_share": (None, 0),
    }


def test_spread_of_delays_is_read_by_nearest_rank():
    spread = {0: 5, 2: 3, 30: 2}
    assert [share_within(spread, percent) for percent in (50, 51, 80, 90, 100)] == [0, 2, 2, 30, 30]
    assert (share_within({}, 50), mean({}), percent_of(0, 0)) == (None, None, None)


@pytest.mark.parametrize("statistic", list(statistics), ids=lambda statistic: statistic.slug)
def test_figure_says_what_it_counts_and_has_none_of_nothing(statistic):
    assert statistic.definition
    assert statistic.better in ("more", "less", "")
    empty = statistic.figure(NOTHING)
    assert not empty.value
    assert empty.sample == 0


def test_period_ends_yesterday():
    assert last_days(30, date(2026, 12, 1)) == NOVEMBER


def test_home_page_shows_figures_without_a_query_the_second_time(november, django_assert_num_queries):
    shown = Figures().context(Visit("fr"))
    assert [figure["value"] for figure in shown["figures"]] == ["8", "67\u00a0%", shown["figures"][2]["value"]]
    assert shown["figures"][2]["value"].startswith("3\u00a0")
    with django_assert_num_queries(0):
        assert Figures().context(Visit("fr")) == shown


def test_too_few_requests_are_not_shown(november):
    ServiceRequest.objects.filter(closed_at__isnull=False).update(closed_at=None)
    list(count_all())
    assert [figure["value"] for figure in Figures().context(Visit("fr"))["figures"]] == ["8"]


def test_home_page_without_requests_has_no_such_section(db):
    assert Figures().context(Visit("fr")) is None


def test_unit_does_not_leave_its_number():
    assert in_words(Figure(92.0, "%", 10)) == "92\u00a0%"
    assert in_words(Figure(3.25, "h", 10)) in {"3.2\u00a0h", "3,2\u00a0h"}
    assert in_words(Figure(1240, "", 1240)) == "1,240"
