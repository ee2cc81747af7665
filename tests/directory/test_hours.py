"""The opening-hours engine."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.hours import Closure, HolidayRule, Kind, OpeningRange, Schedule, state_at
from directory.hours.public_holidays import is_public_holiday, region_of
from directory.hours.stored import from_json, to_json
from directory.hours.week import coming_closures, coming_holidays, specifications, week_table

PARIS = ZoneInfo("Europe/Paris")
WEEK = tuple(
    OpeningRange(day, opens, closes)
    for day in range(1, 6)
    for opens, closes in ((time(9), time(12, 30)), (time(14), time(17)))
)
OFFICE = Schedule(WEEK)
NIGHT = Schedule((OpeningRange(6, time(22), time(2)),))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("moment", "kind", "until", "opens"),
    [
        ("2026-11-23 08:59:59", Kind.SOON, None, "2026-11-23 09:00"),
        ("2026-11-23 09:00", Kind.OPEN, "2026-11-23 12:30", None),
        ("2026-11-23 12:29:59", Kind.OPEN, "2026-11-23 12:30", None),
        ("2026-11-23 12:30", Kind.SOON, None, "2026-11-23 14:00"),
        ("2026-11-23 17:00", Kind.CLOSED, None, "2026-11-24 09:00"),
        ("2026-11-28 10:00", Kind.CLOSED, None, "2026-11-30 09:00"),
        ("2026-12-24 18:00", Kind.CLOSED, None, "2026-12-28 09:00"),
    ],
)
def test_an_office_is_open_within_its_ranges_and_says_what_comes_next(moment, kind, until, opens):
    state = state_at(OFFICE, at(moment))
    assert state.kind is kind
    assert state.until == (at(until) if until else None)
    assert state.opens == (at(opens) if opens else None)


def test_without_ranges_the_state_is_unknown():
    assert state_at(Schedule(), at("2026-11-23 10:00")).kind is Kind.UNKNOWN


def test_a_closure_is_sure_even_where_hours_are_unknown():
    schedule = Schedule(closures=(Closure(date(2026, 11, 23), date(2026, 11, 28), "vidange"),))
    state = state_at(schedule, at("2026-11-28 23:59"))
    assert (state.kind, state.reason, state.closed_through) == (Kind.CLOSED, "vidange", date(2026, 11, 28))
    assert state_at(schedule, at("2026-11-29 00:00")).kind is Kind.UNKNOWN


def test_the_next_opening_comes_after_the_closure():
    schedule = Schedule(WEEK, (Closure(date(2026, 11, 23), date(2027, 2, 26)),))
    assert state_at(schedule, at("2026-11-23 10:00")).opens == at("2027-03-01 09:00")


@pytest.mark.parametrize(
    ("rule", "kind"),
    [(HolidayRule.CLOSED, Kind.CLOSED), (HolidayRule.OPEN, Kind.OPEN), (HolidayRule.UNKNOWN, Kind.UNKNOWN)],
)
def test_a_public_holiday_follows_its_rule(rule, kind):
    state = state_at(Schedule(WEEK, holidays=rule), at("2026-12-25 10:00"))
    assert state.kind is kind
    assert state.holiday is (kind is not Kind.OPEN)


def test_alsace_has_holidays_of_its_own():
    boxing_day = date(2025, 12, 26)
    assert is_public_holiday(boxing_day, region_of("67000"))
    assert not is_public_holiday(boxing_day, region_of("49000"))
    state = state_at(Schedule(WEEK, region=region_of("67000")), at("2025-12-26 10:00"))
    assert (state.kind, state.holiday) == (Kind.CLOSED, True)


def test_a_condition_makes_the_state_unknown_and_the_next_opening_unsure():
    schedule = Schedule((*WEEK, OpeningRange(6, time(9), time(12), "dernier samedi du mois")))
    state = state_at(schedule, at("2026-11-28 10:00"))
    assert (state.kind, state.reason) == (Kind.UNKNOWN, "dernier samedi du mois")
    assert state_at(schedule, at("2026-11-27 18:00")).opens is None
    assert state_at(schedule, at("2026-11-28 12:00")).opens == at("2026-11-30 09:00")


def test_where_a_condition_contradicts_a_range_doubt_wins():
    schedule = Schedule((OpeningRange(1, time(9), time(12)), OpeningRange(1, time(11), time(13), "sur rendez-vous")))
    assert state_at(schedule, at("2026-11-23 10:00")).until == at("2026-11-23 11:00")
    assert state_at(schedule, at("2026-11-23 11:30")).kind is Kind.UNKNOWN


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        ("2026-11-28 21:59", Kind.SOON),
        ("2026-11-28 23:59", Kind.OPEN),
        ("2026-11-29 01:59", Kind.OPEN),
        ("2026-11-29 02:00", Kind.CLOSED),
    ],
)
def test_a_range_crosses_midnight(moment, kind):
    assert state_at(NIGHT, at(moment)).kind is kind


def test_a_closure_cuts_a_night_at_midnight_on_either_side():
    sunday = Schedule(NIGHT.ranges, (Closure(date(2026, 11, 29), date(2026, 11, 29)),))
    assert state_at(sunday, at("2026-11-28 23:00")).until == at("2026-11-29 00:00")
    saturday = Schedule(NIGHT.ranges, (Closure(date(2026, 11, 28), date(2026, 11, 28)),))
    assert state_at(saturday, at("2026-11-29 01:00")).kind is Kind.CLOSED


def test_what_never_closes_has_no_closing_time():
    always = Schedule(tuple(OpeningRange(d, time(0), time(0)) for d in range(1, 8)), holidays=HolidayRule.OPEN)
    state = state_at(always, at("2026-11-23 10:00"))
    assert (state.kind, state.until) == (Kind.OPEN, None)


def test_the_hour_that_summer_time_skips_and_the_one_that_comes_twice():
    spring = Schedule((OpeningRange(7, time(1), time(2, 30)),))
    assert state_at(spring, at("2026-03-29 01:30")).until == at("2026-03-29 03:00")
    autumn = Schedule((OpeningRange(7, time(1), time(4)),))
    state = state_at(autumn, at("2026-10-25 01:30"))
    assert state.until.astimezone(UTC) == datetime(2026, 10, 25, 3, tzinfo=UTC)


times = st.times(timezones=st.none()).map(lambda t: t.replace(second=0, microsecond=0))
ranges = st.tuples(st.integers(1, 7), times, times, st.sampled_from(["", "", "sur rendez-vous"])).filter(
    lambda r: r[1] != r[2] or r[1] == time(0)
)
# Days around both changes of summer time, New Year and an ordinary week.
days = st.sampled_from(["2026-03-27", "2026-10-23", "2026-12-30", "2026-06-01"]).map(date.fromisoformat)
moments = st.builds(
    lambda day, minutes: datetime.combine(day, time(0), UTC) + timedelta(minutes=minutes),
    days,
    st.integers(0, 6 * 1440),
)
closures = st.builds(
    lambda day, start, length: Closure(day + timedelta(start), day + timedelta(start + length)),
    days,
    st.integers(-2, 5),
    st.integers(0, 5),
)
schedules = st.builds(
    lambda rows, shut, rule: Schedule(tuple(OpeningRange(*row) for row in rows), tuple(shut), rule),
    st.lists(ranges, max_size=8), st.lists(closures, max_size=2), st.sampled_from(list(HolidayRule)),
)  # fmt: skip


def on_the_wall(schedule, moment):
    """Whether a sure range is on by the wall clock: told another way than the engine does."""
    wall = moment.astimezone(PARIS).replace(tzinfo=None)
    for opening in schedule.ranges:
        for start in (wall.date(), wall.date() - timedelta(1)):
            if start.isoweekday() != opening.day or opening.note or schedule.closure_on(start):
                continue
            end = start + timedelta(1) if opening.ends_next_day else start
            if datetime.combine(start, opening.opens) <= wall < datetime.combine(end, opening.closes):
                return True
    return False


@given(schedules, moments)
def test_it_never_says_open_outside_a_range_or_during_a_closure_or_a_holiday(schedule, moment):
    state = state_at(schedule, moment)
    if state.kind is Kind.OPEN:
        today = moment.astimezone(PARIS).date()
        assert on_the_wall(schedule, moment)
        assert not schedule.closure_on(today)
        assert schedule.holidays is HolidayRule.OPEN or not is_public_holiday(today)


@given(schedules, moments)
def test_what_it_announces_comes_true(schedule, moment):
    state = state_at(schedule, moment)
    second = timedelta(seconds=1)
    if state.until:
        assert state_at(schedule, state.until - second).kind is Kind.OPEN
        assert state_at(schedule, state.until).kind is not Kind.OPEN
    if state.opens:
        assert state.opens.astimezone(UTC) >= moment
        assert state_at(schedule, state.opens).kind is Kind.OPEN


@given(schedules, moments)
def test_between_now_and_the_announced_opening_it_stays_shut(schedule, moment):
    state = state_at(schedule, moment)
    if state.opens:
        step = (state.opens.astimezone(UTC) - moment) / 7
        for part in range(1, 7):
            assert state_at(schedule, moment + part * step).kind is not Kind.OPEN


@given(st.lists(ranges, max_size=8))
def test_what_is_stored_reads_back_the_same(rows):
    kept = {OpeningRange(*row) for row in rows}
    assert set(from_json(to_json(kept))) == kept


@pytest.mark.parametrize(
    "broken",
    [{"ranges": 3}, {"ranges": [{"day": 8, "opens": "09:00", "closes": "10:00"}]}, [1], {"ranges": [{"day": 1}]}, "x",
     {"ranges": [{"day": 1, "opens": "25:00", "closes": "26:00"}]}, {"ranges": [{"day": 1, "opens": 9, "closes": 10}]}],
)  # fmt: skip
def test_what_is_no_weekly_hours_is_refused(broken):
    with pytest.raises(ValueError, match=r".+"):
        from_json(broken)


def test_the_week_has_seven_rows_unless_unknown():
    table = week_table(OFFICE)
    assert [len(row.ranges) for row in table] == [2, 2, 2, 2, 2, 0, 0]
    assert week_table(Schedule()) == ()


def test_coming_changes_leave_out_the_past_and_the_far_future():
    today = date(2026, 12, 20)
    past, soon, far = (Closure(date(*first), date(*first)) for first in ((2026, 12, 1), (2026, 12, 28), (2027, 7, 1)))
    assert coming_closures(Schedule(WEEK, (far, soon, past)), today) == (soon,)
    assert list(coming_holidays(OFFICE, today)) == [date(2026, 12, 25), date(2027, 1, 1)]
    assert list(coming_holidays(Schedule(WEEK, holidays=HolidayRule.OPEN), today)) == []


def test_published_hours_leave_conditions_out_and_say_closures():
    schedule = Schedule(
        (OpeningRange(1, time(9), time(12)), OpeningRange(6, time(9), time(12), "sur rendez-vous")),
        (Closure(date(2026, 12, 24), date(2026, 12, 31)),),
    )
    weekly, closed = specifications(schedule)
    assert (weekly["dayOfWeek"], weekly["opens"], weekly["closes"]) == ("https://schema.org/Monday", "09:00", "12:00")
    assert (closed["opens"], closed["closes"], closed["validThrough"]) == ("00:00", "00:00", "2026-12-31")
