"""Figures about requests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from cms.pages.offers import Visit
from procedures.inbox.models import ServiceRequest
from procedures.plugins import Figure, Period, statistics
from procedures.statistics.home import Figures, in_words
from procedures.statistics.samples import last_days
from tests.factories.inbox import make_request

pytestmark = pytest.mark.django_db

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def copy(request, received: datetime, closed: datetime | None = None, announced: date | None = None, **fields):
    """A request like another, as history brings it in."""
    return ServiceRequest.objects.create(
        tracking_number=uuid4().hex[:11],
        idempotency_key=uuid4(),
        access_hash=uuid4().hex,
        procedure=fields.pop("procedure", request.procedure),
        version=request.version,
        department=request.department,
        language="fr",
        received_at=received,
        closed_at=closed,
        announced_on=announced,
    )


@pytest.fixture
def november(db):
    """Eight received in November, six of which were answered after 1 to 6 days, four in time."""
    first = make_request()
    ServiceRequest.objects.filter(pk=first.pk).update(received_at=datetime(2026, 1, 5, tzinfo=UTC))
    for number in range(8):
        received = datetime(2026, 11, 2, 9, tzinfo=UTC)
        closed = received + timedelta(days=number + 1) if number < 6 else None
        copy(first, received, closed, announced=date(2026, 11, 6))
    # Answered on 1 December in the city, still 30 November in UTC.
    copy(first, datetime(2026, 10, 31, 22, tzinfo=UTC), datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    return first


@pytest.mark.parametrize(
    ("slug", "value", "sample"), [("requests_received", 8, 8), ("answered_in_time", 67, 6), ("median_delay", 4, 6)]
)
def test_figure_counts_what_it_says(november, slug, value, sample):
    figure = statistics[slug].figure(NOVEMBER)
    assert (figure.value, figure.sample) == (value, sample)


@pytest.mark.parametrize("statistic", list(statistics), ids=lambda statistic: statistic.slug)
def test_figure_of_nothing_is_no_figure(november, statistic):
    empty = statistic.figure(Period(date(2020, 1, 1), date(2020, 1, 31)))
    assert empty.sample == 0
    assert not empty.value
    assert statistic.figure(NOVEMBER, procedure_id=november.procedure_id).sample
    assert not statistic.figure(NOVEMBER, procedure_id=november.procedure_id + 1).sample


def test_period_ends_yesterday():
    assert last_days(30, date(2026, 12, 1)) == NOVEMBER


def test_home_page_shows_figures_without_a_query_the_second_time(november, time_machine, django_assert_num_queries):
    time_machine.move_to(datetime(2026, 12, 1, 10, tzinfo=UTC))
    shown = Figures().context(Visit("fr"))
    assert [figure["value"] for figure in shown["figures"]] == ["8", "67\u00a0%", shown["figures"][2]["value"]]
    assert shown["figures"][2]["value"].startswith("4\u00a0")
    with django_assert_num_queries(0):
        assert Figures().context(Visit("fr")) == shown


def test_too_few_requests_are_not_shown(november, time_machine):
    ServiceRequest.objects.filter(closed_at__isnull=False).update(closed_at=None)
    time_machine.move_to(datetime(2026, 12, 1, 10, tzinfo=UTC))
    assert [figure["value"] for figure in Figures().context(Visit("fr"))["figures"]] == ["8"]


def test_home_page_without_requests_has_no_such_section(db):
    assert Figures().context(Visit("fr")) is None


def test_unit_does_not_leave_its_number():
    assert in_words(Figure(92.0, "%", 10)) == "92\u00a0%"
    assert in_words(Figure(3.25, "h", 10)) in {"3.2\u00a0h", "3,2\u00a0h"}
    assert in_words(Figure(1240, "", 1240)) == "1240"
