"""What answers lead to: who deals with the request, and what is to be paid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

from django.utils.formats import number_format

from procedures.definition.compiled import Definition, Fee, Route
from procedures.definition.conditions import holds
from procedures.plugins import Kept


class FeeLine(NamedTuple):
    """One amount and what it is for; ``lang`` is the language of its label."""

    label: str
    amount_cents: int
    lang: str = "fr"


class FeeDue(NamedTuple):
    """What is to be paid, line by line."""

    lines: tuple[FeeLine, ...]
    total_cents: int


def route_of(definition: Definition, answers: Mapping[str, Kept]) -> Route | None:
    """The first route that the answers take; None where the procedure's own department answers.

    Args:
        answers: those that count, as ``conditions.walk`` gives them: what is hidden decides nothing.
    """
    return next((route for route in definition.routes if holds(route.condition, answers)), None)


def fee_of(definition: Definition, answers: Mapping[str, Kept]) -> FeeDue:
    """Every amount that the answers call for; lines that come to nothing are left out.

    Args:
        answers: those that count, as for ``route_of``.
    """
    lines = tuple(
        FeeLine(fee.label, amount, fee.lang)
        for fee in definition.fees
        if holds(fee.condition, answers) and (amount := _amount_cents(fee, answers))
    )
    return FeeDue(lines, sum(line.amount_cents for line in lines))


def _amount_cents(fee: Fee, answers: Mapping[str, Kept]) -> int:
    times = times_of(answers.get(fee.times)) if fee.times else Decimal(1)
    return int((fee.amount_cents * times).quantize(Decimal(1), ROUND_HALF_UP))


def times_of(kept: Kept) -> Decimal:
    """How often an amount is due: a number, or how many rows or choices there are; never below zero."""
    if isinstance(kept, list):
        return Decimal(len(kept))
    try:
        number = Decimal(str(kept)) if isinstance(kept, int | float | str) else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
    return max(number, Decimal(0)) if number.is_finite() else Decimal(0)


class ShownFee(NamedTuple):
    """What a page or a letter says of a fee: lines as (label, amount in words, language where not the page's)."""

    lines: tuple[ShownLine, ...]
    total: str


class ShownLine(NamedTuple):
    """One of its lines."""

    label: str
    amount: str
    lang: str = ""


def shown_fee(lines: Iterable[tuple[str, int, str]]) -> ShownFee | None:
    """A fee in words; None where nothing is to be paid.

    Args:
        lines: label, cents, and the language of the label where it is not the page's.
    """
    listed = tuple(lines)
    if not listed:
        return None
    shown = tuple(ShownLine(label, in_euros(cents), lang) for label, cents, lang in listed)
    return ShownFee(shown, in_euros(sum(cents for _label, cents, _lang in listed)))


def in_euros(cents: int) -> str:
    """An amount in the active language: 12,50 €."""
    return f"{number_format(Decimal(cents) / 100, 2, use_l10n=True, force_grouping=True)}\N{NO-BREAK SPACE}€"
