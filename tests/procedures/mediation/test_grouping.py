"""Counts that may be published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.mediation.grouping import OTHERS, SMALLEST, grouped, told


@pytest.mark.parametrize(
    ("counts", "rows"),
    [
        ({}, []),
        ({"a": 7, "b": 5}, [("a", 7), ("b", 5)]),
        ({"a": 7, "b": 3, "c": 2}, [("a", 7), (OTHERS, 5)]),
        ({"a": 9, "b": 6, "c": 1}, [("a", 9), (OTHERS, 7)]),
        ({"a": 2, "b": 1}, [(OTHERS, None)]),
    ],
)
def test_small_counts_are_grouped(counts, rows):
    assert grouped(counts) == rows


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 40), max_size=8))
def test_nothing_that_is_told_is_small_and_nothing_is_lost(counts):
    rows, total = grouped(counts), sum(counts.values())
    assert all(count is None or count >= SMALLEST for _label, count in rows)
    if told(total):
        assert sum(count or 0 for _label, count in rows) == total
