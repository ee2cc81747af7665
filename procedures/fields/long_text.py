"""A story, a reason, a description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.plugins import FieldType, Kept, Question

LONGEST = 10_000
USUAL = 3_000


class LongText(FieldType):
    """Several lines of text."""

    slug = "long_text"
    label = _("Long text")
    icon = "doc-full"
    doc = _("Several lines: a description, reasons.")
    examples = [("Un lampadaire est cassé.\r\nDepuis mardi.", "Un lampadaire est cassé.\nDepuis mardi."), ("", None)]
    operators = ("contains", "is_answered", "is_empty")

    def option_blocks(self) -> dict[str, blocks.Block]:
        """How long it may be."""
        return {
            "max_length": blocks.IntegerBlock(
                required=False, default=USUAL, min_value=1, max_value=LONGEST, label=_("Characters at most")
            )
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """An empty option means the default."""
        return {"max_length": value["max_length"] or USUAL}

    def form_field(self, question: Question) -> forms.Field:
        """A text area. The browser is told no limit: nothing pasted is cut without a word."""
        longest = question.options.get("max_length", USUAL)
        return LinesField(
            label=question.label,
            help_text=question.help,
            required=question.required,
            error_messages={"required": _("Write an answer.")},
            longest=longest,
            widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        )

    def searchable(self, kept: Kept) -> str:
        """The text itself."""
        return str(kept or "")


class LinesField(forms.CharField):
    """Text whose line ends count for one character, as on the screen."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(forms.CharField(max_length=longest).validators[0])

    def to_python(self, value: Any) -> str:
        """One newline per line end."""
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")
