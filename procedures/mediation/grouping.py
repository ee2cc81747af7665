"""Counts that point at nobody: what is under five is grouped. Pure Python."""

from __future__ import annotations

from collections.abc import Mapping

SMALLEST = 5

Row = tuple[str, int | None]
"""A label, ``OTHERS`` for what is grouped, and its count; None is "fewer than five"."""
OTHERS = ""


def grouped(counts: Mapping[str, int]) -> list[Row]:
    """The counts, the largest first, those under five together.

    What is grouped must itself reach five: otherwise the smallest of the others joins it, or their
    sum, taken from a total shown elsewhere, would tell it.
    """
    ordered = sorted(((count, label) for label, count in counts.items() if count), key=lambda row: (-row[0], row[1]))
    shown = [(label, count) for count, label in ordered if count >= SMALLEST]
    hidden = sum(count for count, _label in ordered if count < SMALLEST)
    if not hidden:
        return list(shown)
    if hidden < SMALLEST and shown:
        hidden += shown.pop()[1]
    return [*shown, (OTHERS, told(hidden))]


def told(count: int) -> int | None:
    """A count that may be said: nought, or five and more."""
    return count if count == 0 or count >= SMALLEST else None
