"""Numbers of registers (SIRET, RNA, IBAN…): typed with spaces or without, checked, kept bare, shown in groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from procedures.fields.digits import LONGEST
from procedures.plugins import Question


class NumberedField(forms.CharField):
    """Cleans to what ``read`` makes of the text; where it raises ValueError, ``invalid`` is said."""

    def __init__(self, read: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(**{"max_length": LONGEST, **kwargs})
        self.read = read

    def clean(self, value: Any) -> str:
        """The bare number. Raises ValidationError for what is none."""
        typed: str = super().clean(value)
        if not typed:
            return ""
        try:
            return self.read(typed)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


def numbered_field(
    question: Question, read: Callable[[str], str], *, example: Any, missing: Any, invalid: Any, **attributes: Any
) -> NumberedField:
    """The field of a numbered type; ``example`` helps where the department wrote no help of its own."""
    return NumberedField(
        read,
        label=question.label,
        help_text=question.help or example,
        required=question.required,
        error_messages={"required": missing, "invalid": invalid},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "spellcheck": "false", **attributes}),
    )
