"""Dates of events: what editors type and the instants it makes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from agenda.models import EventTiming
from tests.factories.agenda import at, make_event

SATURDAY = date(2026, 11, 21)


def worked_out(**fields) -> EventTiming:
    timing = EventTiming(**fields)
    timing.clean()
    return timing


def test_a_time_in_town_is_kept_in_utc():
    winter = worked_out(**at(SATURDAY, time(20, 30), time(22)))
    assert (winter.begin, winter.end) == (
        datetime(2026, 11, 21, 19, 30, tzinfo=UTC),
        datetime(2026, 11, 21, 21, tzinfo=UTC),
    )
    summer = worked_out(**at(date(2026, 7, 14), time(22, 30)))
    assert summer.begin == datetime(2026, 7, 14, 20, 30, tzinfo=UTC)


def test_a_date_without_a_time_lasts_its_whole_days():
    timing = worked_out(**at(SATURDAY, last_day=date(2026, 11, 22)))
    assert timing.without_time
    assert timing.end - timing.begin == timedelta(days=2)
    assert timing.begin == datetime(2026, 11, 20, 23, tzinfo=UTC)


def test_a_start_without_an_end_stays_until_midnight():
    assert worked_out(**at(SATURDAY, time(20, 30))).end == datetime(2026, 11, 21, 23, tzinfo=UTC)


def test_a_night_over_the_change_of_clocks_is_an_hour_longer():
    night = worked_out(**at(date(2026, 10, 24), time(22), time(6), date(2026, 10, 25)))
    assert night.end - night.begin == timedelta(hours=9)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        (at(SATURDAY, time(20), time(19)), "end_time"),
        (at(SATURDAY, None, time(19)), "start_time"),
        (at(SATURDAY, last_day=date(2026, 11, 20)), "last_day"),
    ],
)
def test_what_ends_before_it_begins_is_refused(fields, where):
    with pytest.raises(ValidationError) as refused:
        worked_out(**fields)
    assert where in refused.value.message_dict


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.times(), st.integers(0, 40), st.one_of(st.none(), st.times()))
def test_an_accepted_date_goes_forward(day: date, start: time, more_days: int, end: time | None):
    timing = EventTiming(day=day, start_time=start, last_day=day + timedelta(days=more_days), end_time=end)
    try:
        timing.clean()
    except ValidationError:
        assert more_days == 0
        assert end is not None
        assert end <= start
    else:
        assert timing.begin <= timing.end


def test_dates_keep_their_keys_when_the_event_is_published_again(agenda):
    event = make_event(agenda, at(SATURDAY, time(20, 30)))
    key = event.timings.get().key
    event.title = "Autre titre"
    event.save_revision().publish()
    event.refresh_from_db()
    assert event.timings.get().key == key
