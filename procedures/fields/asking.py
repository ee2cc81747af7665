"""The field of what asks nothing, for whoever holds every type of question alike."""

from __future__ import annotations

from typing import Any

from django import forms


class NothingAsked(forms.Field):
    """Takes nothing, whatever is sent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> None:
        """Nothing."""
