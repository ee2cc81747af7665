"""A value worked out from earlier answers: a sum, an age, a number of days. Nobody types it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from procedures.fields import calculations
from procedures.fields.asking import NothingAsked
from procedures.fields.references import Reference
from procedures.plugins import FieldType, Kept, Question, is_empty

NUMBER, EUROS, YEARS, DAYS = "number", "euros", "years", "days"
UNITS = [
    ("", _("The usual one of the operation")),
    (NUMBER, _("A plain number")),
    (EUROS, _("Euros, from amounts")),
    (YEARS, _("Years")),
    (DAYS, _("Days")),
]
MOST_OPERANDS = 20
Answers = Mapping[str, Kept]


class Operation(NamedTuple):
    """A way to work a value out: ``work(answers, ids of questions, fixed number)``."""

    label: Any
    work: Callable[[Answers, Sequence[str], Decimal | None], Decimal | None]
    least: int = 1
    most: int = MOST_OPERANDS
    unit: str = NUMBER
    takes: str = "number"
    """What its questions answer: number, date, rows (a repeated group), row_number (asked in each of its rows)."""


OPERATIONS = {
    "sum": Operation(_("Sum of numbers or amounts"), calculations.total),
    "product": Operation(_("Product of numbers or amounts"), calculations.product),
    "difference": Operation(_("Difference: the first, less the others"), calculations.difference),
    "age": Operation(_("Age in full years, today"), calculations.age, most=1, unit=YEARS, takes="date"),
    "days_between": Operation(
        _("Days from the first date to the second"), calculations.days_between, 2, 2, DAYS, "date"
    ),
    "count_rows": Operation(_("Number of rows of a repeated group"), calculations.count_rows, most=1, takes="rows"),
    "sum_rows": Operation(
        _("Sum, over the rows, of a question of a repeated group"), calculations.sum_rows, most=1, takes="row_number"
    ),
}


class Computed(FieldType):
    """Worked out on the server each time; shown at its place, in the summary and in the receipt."""

    slug = "computed"
    label = _("Computed value")
    icon = "decimal"
    palette = "numbers"
    doc = _("A sum, an age, a number of days, worked out from earlier answers; conditions can look at it.")
    examples = [({"sample-a": 1200, "sample-b": 350}, 1550), ({"sample-a": 7}, 7), ({}, None)]
    operators = ("is", "greater", "less", "is_answered", "is_empty")
    asks = False
    template = "components/computed.html"
    words = ("explanation",)
    references = ("operands",)

    def sample(self) -> Question:
        """The sum of two amounts."""
        options = {"operation": "sum", "operands": ["sample-a", "sample-b"], "fixed": "", "unit": EUROS}
        return Question(id="sample-computed", type=self.slug, label=str(self.label), required=False, options=options)

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Which operation on which questions, and how the result is said."""
        operations = [(slug, operation.label) for slug, operation in OPERATIONS.items()]
        return {
            "explanation": blocks.TextBlock(
                required=False, default="", max_length=400, rows=2, label=_("How it is worked out, in words")
            ),
            "operation": blocks.ChoiceBlock(choices=operations, default="sum", label=_("Operation")),
            "operands": blocks.ListBlock(
                Reference("question", label=_("Question")),
                default=[],
                max_num=MOST_OPERANDS,
                label=_("Worked out from"),
            ),
            "fixed": blocks.DecimalBlock(
                required=False,
                max_digits=12,
                decimal_places=4,
                label=_("And a fixed number"),
                help_text=_("Added, taken away or multiplied, as the operation says; amounts count in cents."),
            ),
            "unit": blocks.ChoiceBlock(choices=UNITS, required=False, label=_("Unit")),
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Ids as a plain list, the fixed number as text."""
        return {
            "operation": value["operation"] or "sum",
            "operands": [str(operand) for operand in value["operands"]],
            "fixed": "" if value["fixed"] is None else str(value["fixed"]),
            "unit": value["unit"] or "",
        }

    def option_errors(self, value: Mapping[str, Any]) -> dict[str, str]:
        """As many questions as the operation takes."""
        operation, count = OPERATIONS[value["operation"]], len(value["operands"])
        if count < operation.least:
            text = ngettext("Choose a question.", "Choose %(count)d questions.", operation.least)
            return {"operands": text % {"count": operation.least}}
        if count > operation.most:
            text = ngettext("Choose one question only.", "Choose %(count)d questions at most.", operation.most)
            return {"operands": text % {"count": operation.most}}
        return {}

    def form_field(self, question: Question) -> forms.Field:
        """None is ever shown: nobody answers."""
        return NothingAsked(label=question.label)

    def compute(self, question: Question, answers: Answers) -> Kept:
        """A whole number where it is one (cents, for euros); None while an answer it stands on is missing."""
        options = question.options
        operation = OPERATIONS[options.get("operation", "sum")]
        fixed = Decimal(options["fixed"]) if options.get("fixed") else None
        found = operation.work(answers, options.get("operands", ()), fixed)
        return None if found is None or abs(found) > calculations.LARGEST else rounded(found, unit_of(question))

    def display(self, kept: Kept, question: Question) -> str:
        """With its unit."""
        if is_empty(kept) or not isinstance(kept, (int, float)):
            return ""
        unit = unit_of(question)
        if unit == EUROS:
            return f"{number_format(Decimal(kept) / 100, 2)}\N{NO-BREAK SPACE}€"
        number = number_format(kept)
        if unit == YEARS:
            return ngettext("%(number)s year", "%(number)s years", int(kept)) % {"number": number}
        if unit == DAYS:
            return ngettext("%(number)s day", "%(number)s days", int(kept)) % {"number": number}
        return number

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:
        """The number; euros in euros."""
        if is_empty(kept) or not isinstance(kept, (int, float)):
            return {"": ""}
        return {"": kept / 100 if unit_of(question) == EUROS else kept}

    def compared(self, typed: str, question: Question) -> Kept:
        """A number, with a comma or a point; euros are kept in cents."""
        unit = unit_of(question)
        try:
            number = Decimal("".join(typed.replace("€", "").split()).replace(",", "."))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number) > 10**12:
            raise ValidationError(_("Write a number, for instance 12 or 12.50."))
        return rounded(number * 100 if unit == EUROS else number, unit)


def unit_of(question: Question) -> str:
    """What the value counts."""
    operation = OPERATIONS[question.options.get("operation", "sum")]
    return str(question.options.get("unit") or operation.unit)


def rounded(number: Decimal, unit: str) -> int | float:
    """Cents are whole; other numbers have four decimals at most."""
    exact = calculations.to_places(number, 0 if unit == EUROS else 4)
    return int(exact) if exact == exact.to_integral_value() else float(exact)
