"""One answer among several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.plugins import Choice, FieldType, Kept, Question

MANY = 7
"""Above this number of choices a list is shorter to walk through than buttons."""


class OneChoice(FieldType):
    """Radio buttons; a drop-down list where there are many choices."""

    slug = "one_choice"
    label = _("One choice")
    icon = "radio-full"
    doc = _("One answer among those you write.")
    examples = [("fr-copy", "fr-copy"), ("", None)]
    palette = "choices"
    reading = "choice"
    operators = ("is", "is_not", "is_answered", "is_empty")

    def sample(self) -> Question:
        """With three choices."""
        return replace(super().sample(), choices=SAMPLE_CHOICES)

    def option_blocks(self) -> dict[str, blocks.Block]:
        """The choices."""
        return {"choices": choices_block()}

    def option_errors(self, value: Mapping[str, Any]) -> dict[str, str]:
        """Two choices at least, each once."""
        return choices_errors(value)

    def form_field(self, question: Question) -> forms.Field:
        """Buttons or a list; nothing is chosen beforehand."""
        choices: list[tuple[str, Any]] = [(choice.id, choice.label) for choice in question.choices]
        long = len(choices) > MANY
        return forms.ChoiceField(
            label=question.label,
            help_text=question.help,
            required=question.required,
            choices=[("", _("Choose…")), *choices] if long else choices,
            widget=forms.Select if long else forms.RadioSelect,
            error_messages={
                "required": _("Choose one of the answers."),
                "invalid_choice": _("Choose one of the answers."),
            },
        )

    def display(self, kept: Kept, question: Question) -> str:
        """The words of the choice."""
        return next((choice.label for choice in question.choices if choice.id == kept), "")


SAMPLE_CHOICES = (
    Choice("fr-copy", "Copie intégrale"),
    Choice("fr-extract", "Extrait avec filiation"),
    Choice("fr-short", "Extrait sans filiation"),
)


def choices_block() -> blocks.ListBlock:
    """The choices an editor writes; the item's id is what is stored.

    It starts empty: items that come with the block would have one id in every question
    added to the same page.
    """
    item = blocks.CharBlock(max_length=500, label=_("Choice"))
    return blocks.ListBlock(item, default=[], label=_("Choices"), max_num=100)


def choices_errors(value: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with the choices, if anything."""
    labels = [" ".join(label.split()).casefold() for label in value["choices"]]
    if len(labels) < 2:
        return {"choices": _now("Write at least two choices.")}
    if len(set(labels)) < len(labels):
        return {"choices": _now("Two choices have the same words: nobody could tell them apart.")}
    return {}
