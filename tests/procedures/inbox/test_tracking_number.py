"""Tracking numbers: what is drawn, shown, read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.inbox.tracking_number import ALPHABET, LENGTH, check_character, new_tracking_number, read, shown

bodies = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)


@pytest.fixture
def number() -> str:
    return "01ABCDEFGH" + check_character("01ABCDEFGH")


def test_drawn_numbers_are_readable_and_differ():
    drawn = {new_tracking_number() for _ in range(200)}
    assert len(drawn) == 200
    assert all(read(each) == each for each in drawn)


def test_number_is_shown_in_groups_with_the_citys_prefix(settings):
    settings.TRACKING_PREFIX = "VAL"
    assert shown("7F3K92QDMXC") == "VAL-7F3K-92QD-MXC"


@pytest.mark.parametrize(
    "change",
    [
        shown,
        str.lower,
        lambda n: shown(n).lower(),
        lambda n: shown(n).replace("-", " "),
        lambda n: shown(n).replace("-", ""),
        lambda n: shown(n).replace("-", "–"),
        lambda n: f"  {n[:4]} {n[4:]} ",
        lambda n: n.replace("0", "O"),
        lambda n: n.replace("0", "o"),
        lambda n: n.replace("1", "I"),
        lambda n: n.replace("1", "l"),
        lambda n: shown(n) + ".",
    ],
)
def test_number_is_read_however_it_is_typed(number, change):
    assert read(change(number)) == number


@pytest.mark.parametrize(
    "typed", ["", "VAL", "hello", "7F3K", "é" * 11, "U" * 11, "\x00" * 11, "9" * 5_000, "١٢٣٤٥٦٧٨٩٠١"]
)
def test_what_is_no_number_is_read_as_none(typed):
    assert read(typed) is None


@given(bodies, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_every_wrong_character_is_noticed(body, place, other):
    number = body + check_character(body)
    changed = number[:place] + other + number[place + 1 :]
    assert (read(changed) is None) == (changed != number)


@given(bodies, st.integers(0, LENGTH - 2))
def test_swapped_neighbours_are_noticed_but_zero_and_z(body, place):
    number = body + check_character(body)
    pair = number[place : place + 2]
    swapped = number[:place] + pair[::-1] + number[place + 2 :]
    if swapped != number:
        assert (read(swapped) is None) == (set(pair) != {"0", "Z"})
