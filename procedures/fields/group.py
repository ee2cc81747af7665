"""Questions repeated as often as the resident needs: children, vehicles, people of a household."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from procedures.plugins import FieldType, Kept, Question, is_empty

USUAL_ROWS, MOST_ROWS = 10, 50


class Group(FieldType):
    """A block of questions that comes once per child, per vehicle… Kept: the ids of its rows."""

    slug = "group"
    label = _("Repeated group")
    icon = "copy"
    palette = "structure"
    doc = _("Questions asked once per child, per vehicle, per person: residents add and remove rows.")
    examples = [(["1", "2"], ["1", "2"]), ([], None)]
    operators = ("is_answered", "is_empty")
    nests = True
    words = ("row_name",)

    def option_blocks(self) -> dict[str, blocks.Block]:
        """What a row is called, and how many there may be."""
        return {
            "row_name": blocks.CharBlock(
                max_length=40, label=_("What one row is"), help_text=_("In one word: child, vehicle, person…")
            ),
            "min_rows": blocks.IntegerBlock(default=1, min_value=0, max_value=MOST_ROWS, label=_("Rows at least")),
            "max_rows": blocks.IntegerBlock(
                default=USUAL_ROWS, min_value=1, max_value=MOST_ROWS, label=_("Rows at most")
            ),
        }

    def option_errors(self, value: Mapping[str, Any]) -> dict[str, str]:
        """At least as many at most as at least."""
        if value["min_rows"] > value["max_rows"]:
            return {"max_rows": _now("There must be room for the rows that are needed at least.")}
        return {}

    def form_field(self, question: Question) -> forms.Field:
        """The ids of the rows, in fields that nobody sees."""
        return RowsField(
            label=question.label,
            help_text=question.help,
            required=question.required,
            least=max(int(question.options.get("min_rows") or 0), int(question.required)),
            most=int(question.options.get("max_rows") or MOST_ROWS),
        )

    def display(self, kept: Kept, question: Question) -> str:
        """How many rows there are: the question says of what."""
        if is_empty(kept) or not isinstance(kept, list):
            return ""
        return str(len(kept))

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:
        """The number of rows."""
        return {"": len(kept) if isinstance(kept, list) else 0}


class RowsField(forms.Field):
    """Cleans to the ids of the rows, as many as the group allows."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def clean(self, value: Any) -> list[str]:
        """The rows. Raises ValidationError for too few or too many."""
        rows = [row for row in dict.fromkeys(value or ()) if row.isascii() and row.isalnum() and len(row) <= 8]
        if len(rows) < self.least:
            text = ngettext("Add at least %(count)d entry.", "Add at least %(count)d entries.", self.least)
            raise ValidationError(text % {"count": self.least})
        if len(rows) > self.most:
            text = ngettext("Keep %(count)d entry at most.", "Keep %(count)d entries at most.", self.most)
            raise ValidationError(text % {"count": self.most})
        return rows
