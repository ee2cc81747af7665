"""How many: people, rooms, copies."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.fields.numbers import number_field, shown, typed_again, unit_block
from procedures.plugins import FieldType, Kept, Question


class WholeNumber(FieldType):
    """A number without decimals, zero included. Kept as a number."""

    slug = "whole_number"
    label = _("Whole number")
    icon = "order"
    palette = "numbers"
    doc = _("How many: people, rooms, copies. A check can set the smallest and the largest.")
    examples = [
        ("12", 12),
        ("1 200", 1200),
        ("1 200", 1200),
        ("١٢٠٠", 1200),
        ("12,0", 12),
        ("-3", -3),
        ("0", 0),
        ("", None),
    ]
    operators = ("is", "is_not", "greater", "less", "is_answered", "is_empty")
    reading = "number"
    words = ("unit",)

    def option_blocks(self) -> dict[str, blocks.Block]:
        """What is counted."""
        return {"unit": unit_block()}

    def form_field(self, question: Question) -> forms.Field:
        """A text field with digits on a phone's keyboard: spinning wheels change answers unseen."""
        return number_field(question, decimals=0, invalid=_("Write a whole number in digits, for instance 12."))

    def keep(self, cleaned: Any) -> Kept:
        """An integer; zero is an answer."""
        return None if cleaned is None else int(cleaned)

    def restore(self, kept: Kept) -> str:
        """As it would be typed."""
        return "" if kept is None else typed_again(cast("int", kept))

    def display(self, kept: Kept, question: Question) -> str:
        """In the language's way, with its unit."""
        return "" if kept is None else shown(cast("int", kept), question.options.get("unit", ""))

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:
        """The number."""
        return {"": "" if kept is None else kept}
