"""Days told relative to the day of loading."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.loading.days import WEEKDAYS, at_work, day, days, moment

SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("+0", [date(2026, 11, 21)]),
        ("-6", [date(2026, 11, 15)]),
        ("+12", [date(2026, 12, 3)]),
        ("saturday 1", [date(2026, 11, 21)]),
        ("monday 1", [date(2026, 11, 23)]),
        ("friday 2-3", [date(2026, 12, 4), date(2026, 12, 11)]),
        ("12-25", [date(2026, 12, 25)]),
        ("11-21", [date(2026, 11, 21)]),
        ("01-01", [date(2027, 1, 1)]),
    ],
)
def test_each_way_of_telling_a_day_is_understood(text, meant):
    assert days(text, SATURDAY) == meant


@pytest.mark.parametrize("text", ["", "tomorrow", "saturday", "saturday 0-", "25/12", "+x"])
def test_what_means_no_day_is_refused(text):
    with pytest.raises(ValueError, match="no such day"):
        days(text, SATURDAY)


@given(
    today=st.dates(date(2020, 1, 1), date(2100, 1, 1)),
    weekday=st.sampled_from(WEEKDAYS),
    number=st.integers(1, 20),
)
def test_a_weekday_is_never_in_the_past_and_falls_on_its_day(today, weekday, number):
    found = day(f"{weekday} {number}", today)

    assert found.weekday() == WEEKDAYS.index(weekday)
    assert timedelta(weeks=number - 1) <= found - today < timedelta(weeks=number)


def test_a_moment_is_told_by_the_clocks_of_the_town():
    assert moment("-3 18:22", SATURDAY).astimezone(UTC) == datetime(2026, 11, 18, 17, 22, tzinfo=UTC)


def test_agents_do_not_work_at_the_weekend_where_another_day_fits():
    filed = moment("-6 10:00", SATURDAY)  # a Sunday
    wanted = moment("-6 11:00", SATURDAY)

    assert at_work(wanted, filed, moment("+0 12:00", SATURDAY)).weekday() == 0


@given(wanted=st.integers(-60, 10), after=st.integers(-60, 0))
def test_work_comes_after_what_it_answers_and_never_in_the_future(wanted, after):
    now = moment("+0 12:00", SATURDAY)
    earlier = now + timedelta(days=after)

    done = at_work(now + timedelta(days=wanted), earlier, now)

    assert earlier <= done <= now
