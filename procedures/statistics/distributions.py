"""Reading a histogram: how many answers took how many days."""

from __future__ import annotations

from collections.abc import Mapping


def share_within(histogram: Mapping[int, int], percent: int) -> int | None:
    """The smallest number within which at least ``percent`` of all are (nearest rank); None of nothing."""
    total, reached = sum(histogram.values()), 0
    for value in sorted(histogram):
        reached += histogram[value]
        if 100 * reached >= percent * total:
            return value
    return None


def mean(histogram: Mapping[int, int]) -> float | None:
    """The mean; None of nothing."""
    total = sum(histogram.values())
    return sum(value * number for value, number in histogram.items()) / total if total else None


def percent_of(part: int, whole: int) -> int | None:
    """The share in whole percents; None of nothing."""
    return round(100 * part / whole) if whole else None
