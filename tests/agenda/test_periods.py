"""Periods, filters and the instants they mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from agenda.clock import midnight
from agenda.filters import Filters, read_filters
from agenda.periods import MONTH, PERIODS, TODAY, WEEK, WEEKEND, Span, read_day, span_of
from agenda.terms import Audience

PARIS = ZoneInfo("Europe/Paris")
days = st.dates(date(1971, 1, 1), date(2198, 12, 31))
filters = st.builds(
    Filters,
    period=st.sampled_from(["", *PERIODS]),
    audience=st.sampled_from(["", *Audience.values]),
    free=st.booleans(),
    text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"]), max_size=50),
)


@given(days)
def test_today_is_one_day(today: date):
    assert span_of(TODAY, today) == Span(today, today)


@given(days)
def test_the_weekend_is_the_running_one_or_the_next(today: date):
    span = span_of(WEEKEND, today)
    assert span.last.weekday() == 6
    assert span.first.weekday() in {5, 6}
    assert today <= span.first <= span.last <= today + timedelta(days=6)
    assert (span.first == today) == (today.weekday() >= 5)


@given(days)
def test_a_week_and_a_month_count_today(today: date):
    assert (span_of(WEEK, today).last - today).days == 6
    assert (span_of(MONTH, today).last - today).days == 29
    assert span_of("whatever", today) == Span(today, None)


@given(filters, st.none() | st.tuples(days, days))
def test_filters_written_in_an_address_are_read_back(asked: Filters, between: tuple[date, date] | None):
    if between:
        first, last = sorted(between)
        asked = Filters("", first, last, asked.audience, asked.free, asked.text)
    read = read_filters(QueryDict(asked.query()))
    assert read.filters == asked
    assert not read.errors


@given(st.dictionaries(st.sampled_from(["period", "from", "to", "audience", "free", "q", "page"]), st.text()))
def test_whatever_stands_in_an_address_is_read(query: dict[str, str]):
    asked = QueryDict(mutable=True)
    asked.update(query)
    read = read_filters(asked)
    assert "\x00" not in read.filters.text
    start, stop = read.filters.window(datetime(2026, 11, 18, 9, tzinfo=UTC))
    assert start.tzinfo is not None
    assert stop is None or stop.tzinfo is not None
    read.filters.condition()


@given(st.sampled_from(PERIODS), st.datetimes(datetime(1971, 1, 1), datetime(2198, 12, 1), timezones=st.just(UTC)))
def test_a_period_starts_now_and_stops_at_a_midnight_of_the_town(period: str, now: datetime):
    start, stop = Filters(period=period).window(now)
    assert now <= start < stop
    local = stop.astimezone(PARIS)
    assert (local.hour, local.minute) == (0, 0)


def test_days_count_rather_than_the_period_and_may_be_in_the_past():
    now = datetime(2026, 11, 18, 9, tzinfo=UTC)
    asked = read_filters(QueryDict("period=today&from=2026-11-01&to=2026-11-02")).filters
    assert asked.window(now) == (midnight(date(2026, 11, 1)), midnight(date(2026, 11, 3)))


def test_days_given_backwards_are_turned_round():
    asked = read_filters(QueryDict("from=2026-12-24&to=2026-12-01")).filters
    assert (asked.first, asked.last) == (date(2026, 12, 1), date(2026, 12, 24))


@pytest.mark.parametrize(
    ("typed", "day"), [("2026-11-21", date(2026, 11, 21)), ("21/11/2026", date(2026, 11, 21)), (" ", None)]
)
def test_a_day_is_read_as_browsers_and_people_write_it(typed: str, day: date | None):
    assert read_day(typed) == day


@pytest.mark.parametrize("typed", ["31/02/2026", "demain", "9999-12-31", "1/2", "0001-01-01", "--", "1/1/1/1"])
def test_what_is_no_day_is_said_beside_its_field(typed: str):
    read = read_filters(QueryDict(f"from={typed}"))
    assert read.filters.first is None
    assert "from" in read.errors


def test_a_day_is_23_or_25_hours_long_when_clocks_change():
    assert midnight(date(2026, 3, 30)) - midnight(date(2026, 3, 29)) == timedelta(hours=23)
    assert midnight(date(2026, 10, 26)) - midnight(date(2026, 10, 25)) == timedelta(hours=25)
