"""The legal clock: published cases, then what must hold whatever the dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.inbox.clock import (
    NO_DATE,
    Convention,
    Lack,
    Rule,
    SilenceEffect,
    Unit,
    Wait,
    announced_on,
    city_day,
    due_key,
    due_on,
)

TWO_MONTHS = Rule(SilenceEffect.ACCEPTANCE, 2, Unit.MONTHS)
TWO_MONTHS_REFUSAL = Rule(SilenceEffect.REFUSAL, 2, Unit.MONTHS)
LATER = date(2024, 1, 1)


def wait(lack: Lack, since: tuple[int, int], until: tuple[int, int] | None) -> Wait:
    return Wait(lack, date(2023, *since), date(2023, *until) if until else None)


@pytest.mark.parametrize(
    ("rule", "received", "waits", "expected"),
    [
        (TWO_MONTHS, date(2023, 5, 15), [], date(2023, 7, 16)),
        (Rule(SilenceEffect.ACCEPTANCE, 30, Unit.DAYS), date(2023, 5, 15), [], date(2023, 6, 15)),
        (TWO_MONTHS, date(2023, 5, 15), [wait(Lack.INCORRECT, (5, 20), (5, 25))], date(2023, 7, 22)),
        (TWO_MONTHS, date(2023, 5, 15), [wait(Lack.INCOMPLETE, (5, 20), (5, 25))], date(2023, 7, 26)),
        (TWO_MONTHS, date(2023, 7, 30), [wait(Lack.INCORRECT, (7, 31), (8, 1))], date(2023, 10, 2)),
    ],
)
def test_national_platform_publishes_the_same_date(rule, received, waits, expected):
    assert due_on(rule, received, waits, today=LATER) == expected


def test_state_directory_counts_from_the_day_itself():
    rule = Rule(SilenceEffect.ACCEPTANCE, 2, Unit.MONTHS, Convention.SAME_DAY)
    assert due_on(rule, date(2026, 10, 1), today=LATER) == date(2026, 12, 1)


def test_weeks_are_seven_days():
    assert due_on(Rule(SilenceEffect.REFUSAL, 3, Unit.WEEKS), date(2026, 3, 2), today=LATER) == date(2026, 3, 24)


def test_month_without_that_day_ends_on_its_last():
    assert due_on(TWO_MONTHS, date(2026, 12, 30), today=LATER) == date(2027, 2, 28)


def test_delay_crosses_the_year():
    assert due_on(Rule(SilenceEffect.REFUSAL, 4, Unit.MONTHS), date(2026, 9, 14), today=LATER) == date(2027, 1, 15)


def test_something_missing_stops_the_delay_and_does_not_restart_it_where_silence_refuses():
    waits = [wait(Lack.INCOMPLETE, (5, 20), (5, 25))]
    assert due_on(TWO_MONTHS_REFUSAL, date(2023, 5, 15), waits, today=LATER) == date(2023, 7, 22)


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        ((5, 25), date(2023, 7, 22)),  # in time: as the national platform
        ((6, 4), date(2023, 8, 1)),  # on the last day
        ((9, 1), date(2023, 8, 1)),  # late: the delay had run again
        (None, date(2023, 8, 1)),  # never
    ],
)
@pytest.mark.parametrize("today", [date(2023, 5, 20), LATER])
def test_refusal_waits_for_the_time_that_was_given_and_no_longer(answered, expected, today):
    asked = Wait(Lack.INCOMPLETE, date(2023, 5, 20), date(2023, *answered) if answered else None, date(2023, 6, 4))
    assert due_on(TWO_MONTHS_REFUSAL, date(2023, 5, 15), [asked], today=today) == expected


@pytest.mark.parametrize("lack", list(Lack))
def test_acceptance_waits_for_the_answer_whatever_time_was_given(lack):
    given = Wait(lack, date(2023, 5, 20), date(2023, 6, 9), date(2023, 5, 25))
    without = Wait(lack, date(2023, 5, 20), date(2023, 6, 9))
    dates = {due_on(TWO_MONTHS, date(2023, 5, 15), [wait], today=LATER) for wait in (given, without)}
    assert len(dates) == 1


@pytest.mark.parametrize("lack", list(Lack))
def test_pending_wait_counts_as_if_it_ended_today(lack):
    pending = due_on(TWO_MONTHS, date(2023, 5, 15), [wait(lack, (5, 20), None)], today=date(2023, 5, 25))
    ended = due_on(TWO_MONTHS, date(2023, 5, 15), [wait(lack, (5, 20), (5, 25))], today=LATER)
    assert pending == ended


def test_overlapping_waits_count_each_day_once():
    waits = [wait(Lack.INCORRECT, (5, 20), (5, 25)), wait(Lack.INCORRECT, (5, 22), (5, 25))]
    assert due_on(TWO_MONTHS, date(2023, 5, 15), waits, today=LATER) == date(2023, 7, 22)


def test_silence_without_effect_has_no_date():
    assert due_on(Rule(SilenceEffect.NONE, 2, Unit.MONTHS), date(2023, 5, 15), today=LATER) is None


def test_announced_date_stops_while_the_city_waits():
    received = date(2026, 11, 14)
    assert announced_on(received, 14, today=LATER) == date(2026, 11, 28)
    waits = [Wait(Lack.INCOMPLETE, date(2026, 11, 19), date(2026, 11, 24))]
    assert announced_on(received, 14, waits, today=LATER) == date(2026, 12, 3)


def test_nothing_announced_is_no_date():
    assert announced_on(date(2026, 11, 14), 0, today=LATER) is None


def test_first_date_to_keep_is_the_key():
    assert due_key(date(2026, 12, 1), None, date(2026, 11, 28)) == date(2026, 11, 28)
    assert due_key(None, None) == NO_DATE


def test_day_is_the_citys_around_midnight():
    paris = ZoneInfo("Europe/Paris")
    assert city_day(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), paris) == date(2026, 7, 2)
    assert city_day(datetime(2026, 1, 1, 22, 30, tzinfo=UTC), paris) == date(2026, 1, 1)


days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
rules = st.builds(
    Rule,
    st.sampled_from([SilenceEffect.ACCEPTANCE, SilenceEffect.REFUSAL]),
    st.integers(1, 24),
    st.sampled_from(Unit),
    st.sampled_from(Convention),
)


@st.composite
def histories(draw):
    """A day of receipt, waits after it, and a day after all of them."""
    received = draw(days)
    waits = []
    for _ in range(draw(st.integers(0, 4))):
        since = received + timedelta(days=draw(st.integers(0, 200)))
        until = since + timedelta(days=draw(st.integers(0, 90))) if draw(st.booleans()) else None
        by = since + timedelta(days=draw(st.integers(0, 90))) if draw(st.booleans()) else None
        waits.append(Wait(draw(st.sampled_from(Lack)), since, until, by))
    return received, waits, received + timedelta(days=draw(st.integers(300, 400)))


@given(rules, histories())
def test_waiting_never_shortens_a_delay(rule, history):
    received, waits, today = history
    for number in range(len(waits)):
        assert due_on(rule, received, waits[: number + 1], today=today) >= due_on(
            rule, received, waits[:number], today=today
        )
        assert announced_on(received, 10, waits[: number + 1], today=today) >= announced_on(
            received, 10, waits[:number], today=today
        )


@given(rules, histories())
def test_pending_wait_never_brings_the_date_nearer_as_days_go_by(rule, history):
    received, waits, today = history
    tomorrow = today + timedelta(days=1)
    assert due_on(rule, received, waits, today=tomorrow) >= due_on(rule, received, waits, today=today)


@given(rules, histories())
def test_refusal_with_a_last_day_is_never_later_than_without_one_and_holds_by_itself(rule, history):
    received, waits, today = history
    rule, given = replace(rule, effect=SilenceEffect.REFUSAL), [wait for wait in waits if wait.by]
    due = due_on(rule, received, given, today=today)
    assert due == due_on(rule, received, given, today=today + timedelta(days=40))
    endless = [replace(wait, by=None) for wait in given]
    assert due_on(rule, received, [], today=today) <= due <= due_on(rule, received, endless, today=date(2040, 1, 1))


@given(rules, histories())
def test_order_of_waits_does_not_matter(rule, history):
    received, waits, today = history
    assert due_on(rule, received, waits, today=today) == due_on(rule, received, waits[::-1], today=today)
