"""The state in words."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from directory.hours import Closure, HolidayRule, OpeningRange, Schedule, state_at
from directory.opening import clock_words, exception_words, state_words, week_words

PARIS = ZoneInfo("Europe/Paris")
WEEK = tuple(OpeningRange(day, time(9), time(12, 30)) for day in range(1, 6))


def said(schedule, moment, language="en"):
    now = datetime.fromisoformat(moment).replace(tzinfo=PARIS)
    with translation.override(language):
        return state_words(state_at(schedule, now), now)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23 10:00", "Open until 12:30"),
        ("2026-11-23 08:00", "Opens at 09:00"),
        ("2026-11-23 13:00", "Opens tomorrow at 09:00"),
        ("2026-11-27 13:00", "Opens Monday at 09:00"),
        ("2026-12-25 10:00", "Closed: public holiday. Opens Monday at 09:00"),
    ],
)
def test_an_office_says_when_it_opens_or_closes(moment, words):
    assert said(Schedule(WEEK), moment) == words


@pytest.mark.parametrize(
    ("closure", "words"),
    [
        (Closure(date(2026, 11, 20), date(2026, 11, 28), "works"), "Closed: works, until 28 November"),
        (Closure(date(2026, 11, 23), date(2026, 11, 23), "works"), "Closed today: works"),
        (Closure(date(2026, 11, 23), date(2026, 11, 28)), "Closed until 28 November"),
        (Closure(date(2026, 11, 23), date(2026, 11, 23)), "Closed today"),
    ],
)
def test_a_closure_says_why_and_until_when(closure, words):
    assert said(Schedule(WEEK, (closure,)), "2026-11-23 10:00").replace("\xa0", " ") == words


def test_what_is_not_known_is_said_so():
    assert said(Schedule(), "2026-11-23 10:00") == "Opening hours not known"
    conditional = Schedule((OpeningRange(1, time(9), time(12), "by appointment"),))
    assert said(conditional, "2026-11-23 10:00") == "May be open: by appointment"
    holiday = Schedule(WEEK, holidays=HolidayRule.UNKNOWN)
    assert said(holiday, "2026-12-25 10:00") == "Public holiday: call before you come"


def test_what_never_opens_again_is_just_closed():
    shut = Schedule((OpeningRange(2, time(9), time(12), "by appointment"),))
    assert said(shut, "2026-11-23 10:00") == "Closed"


def test_minutes_are_said_in_the_manner_of_the_language():
    with translation.override("fr"):
        assert clock_words(time(12, 30)) == "12\xa0h\xa030"
    with translation.override("en"):
        assert clock_words(time(9)) == "09:00"


def test_the_table_marks_today_and_says_closed_days():
    with translation.override("en"):
        rows = week_words(Schedule(WEEK), date(2026, 11, 23))
    assert rows[0] == {"day": "Monday", "hours": "09:00 – 12:30", "today": True}
    assert rows[6] == {"day": "Sunday", "hours": "Closed", "today": False}


def test_coming_closures_and_holidays_are_sentences():
    schedule = Schedule(WEEK, (Closure(date(2026, 12, 21), date(2026, 12, 23), "works"),))
    with translation.override("en"):
        words = [line.replace("\xa0", " ") for line in exception_words(schedule, date(2026, 12, 20))]
    assert words[0] == "Closed from 21 December to 23 December (works)"
    assert words[1] == "Closed on 25 December, public holiday"
