"""Dates and times in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from agenda.cards import first_words
from agenda.wording import day_in_words, hours_in_words, hours_on_list, timing_in_words
from tests.factories.agenda import at, make_event

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
SATURDAY, MONDAY = date(2026, 11, 21), date(2026, 11, 23)


@pytest.fixture
def dated(agenda):
    """A timing as lists have it, from its days and times."""

    def make(*days_and_times):
        return make_event(agenda, at(*days_and_times)).timings.get()

    return make


def test_hours_are_written_as_in_french_and_stay_on_one_line(dated):
    concert = dated(SATURDAY, time(20, 15), time(22, 30))
    with translation.override("fr"):
        assert hours_in_words(concert) == "20\u00a0h\u00a015\u00a0– 22\u00a0h\u00a030"


def test_the_year_is_said_only_when_it_is_another():
    with translation.override("en"):
        assert day_in_words(SATURDAY, NOW) == "Saturday 21\u00a0November"
        assert day_in_words(date(2027, 1, 2), NOW) == "Saturday 2\u00a0January\u00a02027"


def test_an_evening_has_its_hours(dated):
    with translation.override("en"):
        assert hours_in_words(dated(SATURDAY, time(20, 30), time(22))) == "20:30\u00a0– 22:00"
        assert hours_in_words(dated(SATURDAY, time(20, 30))) == "from 20:30"
        assert hours_in_words(dated(SATURDAY)) == ""


def test_several_days_are_said_differently_on_the_first_the_next_and_the_last(dated):
    fair = dated(SATURDAY, time(10), time(18), MONDAY)
    with translation.override("en"):
        assert hours_on_list(fair, SATURDAY, NOW) == "10:00, until Monday 23\u00a0November"
        assert hours_on_list(fair, date(2026, 11, 22), NOW) == "until Monday 23\u00a0November"
        assert hours_on_list(fair, MONDAY, NOW) == "last day, until 18:00"
        assert timing_in_words(fair, NOW) == "from Saturday 21\u00a0November, 10:00 to Monday 23\u00a0November, 18:00"


@pytest.mark.parametrize(
    ("note", "shown"), [("Boucle magnétique, plain-pied", ["Boucle magnétique"]), ("", []), ("x" * 41, [])]
)
def test_a_card_keeps_the_first_words_of_a_note(note: str, shown: list[str]):
    assert first_words(note) == shown
