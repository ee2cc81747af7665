"""The operations of computed values, on answers as they are kept.

Answers that are hidden or missing are not there: a sum goes without them, a product or a
number of days cannot.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils import timezone

from procedures.plugins import Kept

Answers = Mapping[str, Kept]
Fixed = Decimal | None
LARGEST = Decimal(10) ** 15
"""Beyond, it is no amount and no count."""


def number_in(kept: Kept) -> Fixed:
    """The number an answer holds, if any; amounts are in cents."""
    if isinstance(kept, bool) or not isinstance(kept, (int, float, str)):
        return None
    try:
        number = Decimal(str(kept))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) <= LARGEST else None


def date_in(kept: Kept) -> date | None:
    """The day an answer holds, if any; that of a birth too."""
    if isinstance(kept, dict):
        kept = kept.get("date")
    try:
        return date.fromisoformat(kept) if isinstance(kept, str) else None
    except ValueError:
        return None


def to_places(number: Decimal, places: int) -> Decimal:
    """Rounded half up, as prices are."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def total(answers: Answers, operands: Sequence[str], fixed: Fixed) -> Fixed:
    """What is answered, added up."""
    numbers = _numbers(answers.get(operand) for operand in operands)
    return sum(numbers, fixed or Decimal(0)) if numbers else None


def product(answers: Answers, operands: Sequence[str], fixed: Fixed) -> Fixed:
    """All of them multiplied; nothing while one is missing."""
    numbers = _numbers(answers.get(operand) for operand in operands)
    if not numbers or len(numbers) < len(operands):
        return None
    return math.prod(numbers, start=Decimal(1) if fixed is None else fixed)


def difference(answers: Answers, operands: Sequence[str], fixed: Fixed) -> Fixed:
    """The first, less those of the others that are answered."""
    first, *others = (number_in(answers.get(operand)) for operand in operands)
    if first is None:
        return None
    return first - sum((other for other in others if other is not None), fixed or Decimal(0))


def age(answers: Answers, operands: Sequence[str], fixed: Fixed) -> Fixed:
    """Birthdays gone by since a date; nothing for a date to come."""
    born = date_in(answers.get(operands[0]))
    today = timezone.localdate()
    if born is None or born > today:
        return None
    return Decimal(today.year - born.year - ((today.month, today.day) < (born.month, born.day)))


def days_between(answers: Answers, operands: Sequence[str], fixed: Fixed) -> Fixed:
    """Days from the first to the second, the first one not counted; below zero where they are the other way round."""
    first, second = (date_in(answers.get(operand)) for operand in operands)
    return None if first is None or second is None else (second - first).days + (fixed or Decimal(0))


def count_rows(answers: Answers, operands: Sequence[str], fixed: Fixed) -> Fixed:
    """How many rows a group has."""
    rows = answers.get(operands[0])
    return len(rows) + (fixed or Decimal(0)) if isinstance(rows, list) else None


def sum_rows(answers: Answers, operands: Sequence[str], fixed: Fixed) -> Fixed:
    """One question of a group, added up over its rows (``group.row.question``)."""
    ending = f".{operands[0]}"
    numbers = _numbers(answers[key] for key in answers if key.endswith(ending))
    return sum(numbers, fixed or Decimal(0)) if numbers else None


def _numbers(kept: Iterable[Kept]) -> list[Decimal]:
    return [number for number in map(number_in, kept) if number is not None]
