"""Hours as the State's directory writes them."""

from datetime import time

import pytest

from directory.hours import OpeningRange
from directory.hours.dila import Unreadable, parse


def test_days_ranges_and_conditions_are_read():
    found = parse("lundi>mardi 09:00-12:00+14:00-17:00 ; samedi>samedi 09:00-12:00 [état civil ; sur rendez-vous]")
    assert found == (
        OpeningRange(1, time(9), time(12)),
        OpeningRange(1, time(14), time(17)),
        OpeningRange(2, time(9), time(12)),
        OpeningRange(2, time(14), time(17)),
        OpeningRange(6, time(9), time(12), "état civil ; sur rendez-vous"),
    )


def test_days_may_go_round_the_end_of_the_week():
    assert [opening.day for opening in parse("samedi>lundi 10:00-24:00")] == [1, 6, 7]


def test_no_hours_are_no_ranges():
    assert parse("  ") == ()


@pytest.mark.parametrize(
    "text",
    [
        "lundi>lundi 10:30-10:30+15:30-18:00",
        "lundi>lundi 14:00-12:00",
        "lundi 9h-12h",
        "monday>friday 09:00-12:00",
        "lundi>lundi 09:00-12:00 ; n'importe quoi",
        "lundi>lundi 25:00-26:00",
        "lundi>lundi 09:00",
        "lundi>lundi",
        "09:00-12:00",
        "lundi>lundi 09:00-12:00 [sans fin",
    ],
)
def test_all_is_refused_when_one_piece_is_not_understood(text):
    with pytest.raises(Unreadable):
        parse(text)
