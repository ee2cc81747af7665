"""How figures are shown, and which are not."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.plugins import Counts, Figure, Statistic

SMALLEST_SAMPLE = 5
"""Below, a median or a share might tell the story of one resident."""
NOTHING = "–"


@dataclass(frozen=True)
class Shown:
    """A figure as it is shown; ``value`` is None where there is none or it is kept back."""

    text: str
    value: float | None = None
    unit: str = ""
    sample: int = 0
    is_kept_back: bool = False


def in_words(figure: Figure) -> str:
    """The figure as it is shown, at most one decimal, its unit after a space that does not break."""
    return f"{number_in_words(figure.value or 0)}\u00a0{figure.unit}".strip()


def number_in_words(number: float) -> str:
    """At most one decimal, thousands apart."""
    value = round(number, 1)
    return number_format(int(value) if value == int(value) else value, force_grouping=True)


def show(statistic: Statistic, counts: Counts, *, reads_requests: bool = False) -> Shown:
    """A figure in words, or kept back where too few requests stand behind.

    Numbers of requests are no secret to those who may read the requests themselves.
    """
    figure = statistic.figure(counts)
    unit = str(figure.unit)
    if figure.value is None:
        return Shown(NOTHING, unit=unit)
    if unit:
        if figure.sample < SMALLEST_SAMPLE:
            return Shown(NOTHING, unit=unit, is_kept_back=True)
    elif 0 < figure.value < SMALLEST_SAMPLE and not reads_requests:
        return Shown(_("fewer than %(number)d") % {"number": SMALLEST_SAMPLE}, is_kept_back=True)
    return Shown(in_words(figure), figure.value, unit, figure.sample)


@dataclass(frozen=True)
class Change:
    """How a figure moved, and whether that is progress: "better", "worse" or ""."""

    text: str
    verdict: str = ""


def change(statistic: Statistic, before: Shown | None, after: Shown) -> Change:
    """The difference in words: of numbers in percent, of shares in points, of anything else in its unit."""
    if before is None or before.value is None or after.value is None:
        return Change("")
    difference = round(after.value - before.value, 1)
    if not difference:
        return Change(_("no change"))
    if not after.unit and not before.value:
        return Change("")
    verdict = ""
    if statistic.better:
        verdict = "better" if (difference > 0) == (statistic.better == "more") else "worse"
    return Change(_signed(difference, before.value, after.unit), verdict)


def _signed(difference: float, before: float, unit: str) -> str:
    sign = "+" if difference > 0 else "−"
    size = abs(difference)
    if not unit:
        return f"{sign}{number_in_words(round(100 * size / before))}\u00a0%"
    if unit == "%":
        unit = ngettext("point", "points", round(size))
    return f"{sign}{number_in_words(size)}\u00a0{unit}".replace("\u00a0/ 5", "")
