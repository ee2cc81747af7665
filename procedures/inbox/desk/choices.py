"""Fields of filters: each may be left open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

ANYTHING = _("All")


def optional(label: Any, choices: Any = (), anything: Any = ANYTHING) -> forms.ChoiceField:
    """A choice that may be left open."""
    return forms.ChoiceField(label=label, required=False, choices=[("", anything), *choices])


def day(label: Any) -> forms.DateField:
    """A day that may be left open, in the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def offer(form: forms.Form, options: Mapping[str, Mapping[Any, Any]]) -> None:
    """Fill fields of ``form`` with what there is to choose from: key and name, by their names."""
    for field, by_key in options.items():
        ordered = sorted(by_key.items(), key=lambda item: str(item[1]).casefold())
        cast("forms.ChoiceField", form.fields[field]).choices = [("", ANYTHING), *ordered]
