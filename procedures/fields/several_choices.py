"""Any number of answers among several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.fields.one_choice import SAMPLE_CHOICES, choices_block, choices_errors
from procedures.plugins import FieldType, Kept, Question, is_empty


class SeveralChoices(FieldType):
    """Checkboxes."""

    slug = "several_choices"
    label = _("Several choices")
    icon = "list-ul"
    doc = _("Any number of answers among those you write.")
    examples = [
        (["fr-short", "fr-copy"], ["fr-copy", "fr-short"]),
        (["fr-copy", "fr-copy"], ["fr-copy"]),
        ([], None),
    ]
    palette = "choices"
    reading = "list"
    operators = ("contains", "not_contains", "is_answered", "is_empty")

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
        """Checkboxes, kept in the order they are shown."""
        return InOrderField(
            label=question.label,
            help_text=question.help or _("You can choose several answers."),
            required=question.required,
            choices=[(choice.id, choice.label) for choice in question.choices],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("Choose at least one answer."),
                "invalid_choice": _("Choose among the answers offered."),
            },
        )

    def display(self, kept: Kept, question: Question) -> str:
        """The words of the choices, one after the other."""
        chosen = [] if is_empty(kept) else cast("list[str]", kept)
        return ", ".join(choice.label for choice in question.choices if choice.id in chosen)

    def compared(self, typed: str, question: Question) -> Kept:
        """A condition looks for one of the choices."""
        if typed not in {choice.id for choice in question.choices}:
            raise ValidationError(_("Choose one of the answers."))
        return typed


class InOrderField(forms.MultipleChoiceField):
    """Cleans to the chosen ones, each once, in the order of the list."""

    def clean(self, value: Any) -> list[str]:
        """Sort what was chosen."""
        chosen = set(super().clean(value))
        offered: Any = self.choices
        return [key for key, _label in offered if key in chosen]
