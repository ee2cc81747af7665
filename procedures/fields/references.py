"""A place in the editor that holds the id of a question; a script shows it as a list."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail import blocks


class Reference(blocks.FieldBlock):
    """A text that the script of the editor turns into a list; never translated."""

    def __init__(self, kind: str, *, required: bool = True, **kwargs: Any) -> None:
        self.field = forms.CharField(
            required=required,
            max_length=200,
            widget=forms.TextInput(attrs={f"data-condition-{kind}": "", "autocomplete": "off"}),
        )
        super().__init__(**kwargs)

    def get_translatable_segments(self, value: str) -> list[Any]:
        """Nothing to translate: an id, or a word compared with what residents type."""
        return []
