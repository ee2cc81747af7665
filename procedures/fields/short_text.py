"""A word, a name, a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.plugins import FieldType, Kept, Question

LONGEST = 250

# Tokens of the HTML attribute `autocomplete`: browsers fill these in by themselves.
PURPOSES = [
    ("", _("Something else")),
    ("given-name", _("First name of the person who asks")),
    ("family-name", _("Last name of the person who asks")),
    ("name", _("Full name of the person who asks")),
    ("organization", _("Name of their organisation")),
    ("street-address", _("Their street and number")),
    ("postal-code", _("Their postcode")),
    ("address-level2", _("Their town")),
]


class ShortText(FieldType):
    """One line of text."""

    slug = "short_text"
    label = _("Short text")
    icon = "pilcrow"
    doc = _("A word, a name, a line of text.")
    examples = [("  Amélie Durand ", "Amélie Durand"), ("12 bis", "12 bis"), ("", None)]
    operators = ("is", "is_not", "contains", "not_contains", "is_answered", "is_empty")
    reading = "text"
    tokens = tuple(purpose for purpose, _label in PURPOSES if purpose)

    def option_blocks(self) -> dict[str, blocks.Block]:
        """What it is about, and how long it may be."""
        return {
            "purpose": blocks.ChoiceBlock(
                choices=PURPOSES,
                required=False,
                label=_("What it is about"),
                help_text=_("Lets browsers fill it in, and tells the inbox who asks."),
            ),
            "max_length": blocks.IntegerBlock(
                required=False, default=LONGEST, min_value=1, max_value=LONGEST, label=_("Characters at most")
            ),
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """An empty option means the default."""
        return {"purpose": value["purpose"] or "", "max_length": value["max_length"] or LONGEST}

    def form_field(self, question: Question) -> forms.Field:
        """A line; a postcode opens the digits of a phone's keyboard."""
        purpose = question.options.get("purpose", "")
        attributes = {"autocomplete": purpose or "off"}
        if purpose == "postal-code":
            attributes["inputmode"] = "numeric"
        return forms.CharField(
            label=question.label,
            help_text=question.help,
            required=question.required,
            error_messages={"required": _("Write an answer.")},
            max_length=question.options.get("max_length", LONGEST),
            widget=forms.TextInput(attrs=attributes),
        )

    def searchable(self, kept: Kept) -> str:
        """The text itself."""
        return str(kept or "")

    def claims(self, kept: Kept, question: Question) -> Mapping[str, str]:
        """What the department said it is about."""
        purpose = question.options.get("purpose", "")
        return {purpose: str(kept)} if purpose and kept else {}
