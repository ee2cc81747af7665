"""Service delays in working days, the start at the competent body, and the zone of the city: pure Python."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.hours.public_holidays import region_of
from procedures.inbox.clock import (
    Convention,
    Lack,
    Rule,
    SilenceEffect,
    Unit,
    Wait,
    announced_on,
    city_day,
    due_on,
    is_deemed_decided,
)
from procedures.inbox.working_days import ORDINARY_DAYS, WorkingDays

PARIS = ZoneInfo("Europe/Paris")
LATER = date(2027, 12, 31)
ACCEPTS = Rule(SilenceEffect.ACCEPTANCE, 2, Unit.MONTHS)
REFUSES = Rule(SilenceEffect.REFUSAL, 2, Unit.MONTHS)


def promised(received: date, days: int, working: WorkingDays = ORDINARY_DAYS, *waits: Wait) -> date | None:
    return announced_on(received, days, waits, today=LATER, working=working)


@pytest.mark.parametrize(
    ("received", "days", "expected"),
    [
        (date(2026, 11, 13), 1, date(2026, 11, 16)),  # a Friday: Monday
        (date(2026, 11, 14), 10, date(2026, 11, 27)),  # a Saturday, two weeks
        (date(2026, 11, 10), 1, date(2026, 11, 12)),  # the armistice in between
        (date(2026, 12, 24), 3, date(2026, 12, 30)),  # Christmas is a Friday
        (date(2028, 2, 28), 1, date(2028, 2, 29)),  # leap year
        (date(2027, 3, 26), 1, date(2027, 3, 30)),  # Easter Monday
    ],
)
def test_working_days_pass_over_weekends_and_public_holidays(received, days, expected):
    assert promised(received, days) == expected


def test_alsace_has_two_more_public_holidays():
    strasbourg = WorkingDays(region_of("67000"))
    assert promised(date(2027, 3, 25), 1, strasbourg) == date(2027, 3, 30)  # Good Friday, Easter Monday
    assert promised(date(2028, 12, 22), 1, strasbourg) == date(2028, 12, 27)  # 25 and 26 December


def test_closed_town_hall_does_not_count():
    closed = WorkingDays(closures=((date(2026, 12, 28), date(2026, 12, 31)),))
    assert promised(date(2026, 12, 24), 3, closed) == date(2027, 1, 6)


def test_working_days_stop_while_the_city_waits():
    waits = Wait(Lack.INCOMPLETE, date(2026, 11, 17), date(2026, 11, 23))
    assert promised(date(2026, 11, 16), 5, ORDINARY_DAYS, waits) == date(2026, 11, 27)


def test_what_is_asked_after_the_promised_day_moves_it_no_more():
    late = Wait(Lack.INCOMPLETE, date(2026, 12, 7), date(2026, 12, 11))
    assert promised(date(2026, 11, 16), 5, ORDINARY_DAYS, late) == date(2026, 11, 23)


def test_silence_that_took_effect_is_not_undone_by_a_later_question():
    late = [Wait(Lack.INCOMPLETE, date(2026, 8, 1), date(2026, 8, 20))]
    assert due_on(ACCEPTS, date(2026, 5, 15), late, today=LATER) == date(2026, 7, 16)
    on_the_day = [Wait(Lack.INCOMPLETE, date(2026, 7, 16), date(2026, 8, 20))]
    assert due_on(ACCEPTS, date(2026, 5, 15), on_the_day, today=LATER) == date(2026, 10, 21)


def test_silence_accepts_from_the_competent_body_on_and_refuses_from_the_first_one():
    received, competent = date(2026, 5, 15), date(2026, 5, 20)
    assert due_on(ACCEPTS, received, today=LATER, competent=competent) == date(2026, 7, 21)
    assert due_on(REFUSES, received, today=LATER, competent=competent) == date(2026, 7, 16)


@pytest.mark.parametrize(
    ("received", "delay", "unit", "expected"),
    [
        (date(2027, 12, 30), 2, Unit.MONTHS, date(2028, 2, 29)),
        (date(2028, 2, 28), 12, Unit.MONTHS, date(2029, 2, 28)),
        (date(2026, 8, 31), 6, Unit.MONTHS, date(2027, 3, 1)),
        (date(2028, 2, 27), 2, Unit.DAYS, date(2028, 3, 1)),
    ],
)
def test_months_end_where_the_calendar_does(received, delay, unit, expected):
    assert due_on(Rule(SilenceEffect.REFUSAL, delay, unit), received, today=LATER) == expected


def test_silence_takes_effect_once_the_day_is_over_without_an_answer():
    due = date(2026, 7, 16)
    assert not is_deemed_decided(due, answered=None, today=due)
    assert is_deemed_decided(due, answered=None, today=date(2026, 7, 17))
    assert not is_deemed_decided(due, answered=due, today=LATER)
    assert is_deemed_decided(due, answered=date(2026, 7, 20), today=LATER)
    assert not is_deemed_decided(None, answered=None, today=LATER)


days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@st.composite
def calendars(draw):
    """Closures of up to three weeks, in any part of France."""
    firsts = draw(st.lists(days, max_size=4))
    closures = tuple((first, first + timedelta(days=draw(st.integers(0, 20)))) for first in firsts)
    return WorkingDays(draw(st.sampled_from(["", "57", "6AE", "974"])), closures)


@st.composite
def waiting(draw, received):
    since = received + timedelta(days=draw(st.integers(0, 60)))
    return Wait(draw(st.sampled_from(Lack)), since, since + timedelta(days=draw(st.integers(0, 40))))


@given(calendars(), days, st.integers(1, 60))
def test_promised_day_is_a_working_day_and_the_number_is_right(working, received, number):
    day = promised(received, number, working)
    assert working.is_working(day)
    assert working.count(received, day) == number
    assert promised(received, number + 1, working) > day


@given(st.data(), calendars(), days, st.integers(1, 30))
def test_waiting_never_brings_a_promise_in_working_days_nearer(data, working, received, number):
    waits = [data.draw(waiting(received)) for _ in range(data.draw(st.integers(0, 4)))]
    without, whole = waits[1:], waits
    assert promised(received, number, working, *whole) >= promised(received, number, working, *without)
    assert promised(received, number, working, *whole[::-1]) == promised(received, number, working, *whole)


@given(days, st.sampled_from(Convention), st.sampled_from(Unit), st.integers(1, 30))
def test_longer_delay_never_ends_sooner(received, convention, unit, delay):
    rule, longer = (Rule(SilenceEffect.REFUSAL, number, unit, convention) for number in (delay, delay + 1))
    assert due_on(longer, received, today=LATER) > due_on(rule, received, today=LATER)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.sampled_from(["Pacific/Kiritimati", "America/Adak"])
)
def test_dates_never_depend_on_the_zone_of_the_server(naive, zone):
    moment = naive.replace(tzinfo=UTC)
    here = due_on(ACCEPTS, city_day(moment, PARIS), today=LATER)
    before = os.environ.get("TZ")
    try:
        os.environ["TZ"] = zone
        time.tzset()
        assert due_on(ACCEPTS, city_day(moment.astimezone(), PARIS), today=LATER) == here
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 7, 14, 21, 59, tzinfo=UTC), date(2026, 7, 14)),
        (datetime(2026, 7, 14, 23, 30, tzinfo=UTC), date(2026, 7, 15)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),  # an hour is skipped
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),  # an hour comes twice
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_day_of_the_city_holds_on_nights_when_clocks_change(moment, day):
    assert city_day(moment, PARIS) == day
