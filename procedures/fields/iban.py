"""A bank account, to be paid on or debited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException
from wagtail import blocks

from procedures.fields.digits import compact, grouped
from procedures.fields.numbered import numbered_field
from procedures.plugins import FieldType, Kept, Question


class Iban(FieldType):
    """Country, check digits, account; each country's own structure is checked. Agents do not search for it."""

    slug = "iban"
    label = _("Bank account (IBAN)")
    icon = "tag"
    palette = "identity"
    doc = _("The number of a bank account, with its check digits verified. The export gives the bank's BIC too.")
    examples = [
        ("FR14 2004 1010 0505 0001 3M02 606", "FR1420041010050500013M02606"),
        ("fr1420041010050500013m02606", "FR1420041010050500013M02606"),
        ("BE68 5390 0754 7034", "BE68539007547034"),
        ("BE٦٨ ٥٣٩٠ ٠٧٥٤ ٧٠٣٤", "BE68539007547034"),
        ("", None),
    ]
    operators = ("is_answered", "is_empty")

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Which countries' accounts."""
        return {
            "sepa_only": blocks.BooleanBlock(
                required=False,
                default=True,
                label=_("Only accounts that euros can be debited from or paid to (SEPA zone)"),
            )
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """A truth value."""
        return {"sepa_only": bool(value["sepa_only"])}

    def form_field(self, question: Question) -> forms.Field:
        """One line; spaces do not matter."""
        field = numbered_field(
            question,
            read,
            example=_("On bank statements and cheque books: starts with two letters, FR for instance."),
            missing=_("Write the IBAN of the account."),
            invalid=_("Check the IBAN, letter by letter: for instance FR14 2004 1010 0505 0001 3M02 606."),
        )
        if question.options.get("sepa_only", True):
            field.validators.append(_in_sepa)
        return field

    def restore(self, kept: Kept) -> str:
        """In fours, as banks print it."""
        return grouped(str(kept), 4) if kept else ""

    def display(self, kept: Kept, question: Question) -> str:
        """In fours."""
        return self.restore(kept)

    def export(self, kept: Kept, question: Question) -> dict[str, str]:
        """The bare number, and the bank's BIC where the register knows it."""
        bic = IBAN(str(kept), allow_invalid=True).bic if kept else None
        return {"": str(kept or ""), "BIC": str(bic or "")}


def read(typed: str) -> str:
    """The bare number. Raises ValueError."""
    try:
        return str(IBAN(compact(typed)))
    except SchwiftyException as error:
        raise ValueError(typed) from error


def _in_sepa(typed: str) -> None:
    """Refuse accounts outside the zone; what is no account is told otherwise."""
    try:
        account = IBAN(read(typed))
    except ValueError:
        return
    if not account.in_sepa_zone:
        raise ValidationError(_("This account is outside the SEPA zone: give one of a European bank."))
