"""Numbers as people write them: 1 234,5 or 1,234.5, with the digits of their script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from procedures.fields.digits import LONGEST, ascii_digits
from procedures.plugins import Question

LARGEST = 10**12
"""Beyond, it is no count and no sum of a town's."""
MOST_DECIMALS = 6
MARKS = str.maketrans({"٫": ",", "٬": " ", "،": ",", "−": "-", "–": "-", "’": " ", "'": " "})
WRITTEN = re.compile(r"-?\d+(\.\d+)?")
THOUSANDS = {",": re.compile(r"-?\d{1,3}(,\d{3})+(\.\d*)?"), ".": re.compile(r"-?\d{1,3}(\.\d{3})+(,\d*)?")}


def number_of(typed: str) -> Decimal:
    """The number that was typed: a lone comma or point is the decimal mark. Raises ValueError."""
    text = "".join(ascii_digits(typed).translate(MARKS).split()).removesuffix("€")
    for mark, thousands in THOUSANDS.items():
        other = "." if mark == "," else ","
        if (other in text or text.count(mark) > 1) and thousands.fullmatch(text):
            text = text.replace(mark, "")
    text = text.replace(",", ".")
    if not WRITTEN.fullmatch(text):
        raise ValueError(typed)
    return Decimal(text)


def shown(number: Decimal | float, unit: str = "", decimals: int | None = None) -> str:
    """As the active language writes it, with its unit."""
    text = number_format(number, decimals, use_l10n=True, force_grouping=True)
    return f"{text}\N{NO-BREAK SPACE}{unit}" if unit else text


def typed_again(number: Decimal | float) -> str:
    """As one would type it, whatever the language: a comma, no groups, no needless zero."""
    text = format(Decimal(str(number)), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def unit_block() -> blocks.CharBlock:
    """The option of what is counted or measured; a text of the department."""
    return blocks.CharBlock(
        required=False,
        max_length=30,
        label=_("Unit"),
        help_text=_("What is counted or measured: people, m², hours… Shown after the number."),
    )


class NumberField(forms.CharField):
    """Cleans to a Decimal; None when nothing is typed."""

    def __init__(self, *, decimals: int, signed: bool = True, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)
        self.decimals, self.signed = decimals, signed

    def clean(self, value: Any) -> Any:
        """Parse the number. Raises ValidationError for what is none, too large or too fine."""
        typed: str = super().clean(value)
        if not typed:
            return None
        try:
            number = number_of(typed)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        places = max(0, -int(number.normalize().as_tuple().exponent))
        if places > self.decimals:
            raise ValidationError(self._too_fine())
        if number < 0 and not self.signed:
            raise ValidationError(_("Write a number without a minus sign."))
        if abs(number) > LARGEST:
            raise ValidationError(_("This number is too large: check its digits."))
        return number + 0  # never « -0 »

    def _too_fine(self) -> str:
        if not self.decimals:
            return str(_("Write a whole number, without decimals."))
        text = ngettext(
            "Write at most %(count)d digit after the decimal mark.",
            "Write at most %(count)d digits after the decimal mark.",
            self.decimals,
        )
        return text % {"count": self.decimals}


def number_field(
    question: Question, *, decimals: int, invalid: Any, signed: bool = True, example: Any = ""
) -> NumberField:
    """The field of a type of number; the unit stands in the help."""
    unit = question.options.get("unit", "")
    notes = [str(note) for note in (question.help or example, _("In %(unit)s.") % {"unit": unit} if unit else "")]
    attributes = {"autocomplete": "off", "inputmode": "decimal" if decimals else "numeric", "size": 14, "dir": "ltr"}
    return NumberField(
        decimals=decimals,
        signed=signed,
        label=question.label,
        help_text=" ".join(note for note in notes if note),
        required=question.required,
        error_messages={"required": invalid, "invalid": invalid},
        widget=forms.TextInput(attrs=attributes),
    )


def decimals_of(options: Mapping[str, Any], usual: int) -> int:
    """The option of how fine a number may be."""
    return min(int(options.get("decimals") or usual), MOST_DECIMALS)
