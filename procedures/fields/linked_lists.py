"""A category, then one of its sub-categories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.fields.widgets import LinkedSelect
from procedures.plugins import Choice, FieldType, Kept, Question

MESSAGES = dict.fromkeys(("required", "invalid_choice"), _("Choose one of the answers."))


class LinkedLists(FieldType):
    """One list in groups; with JavaScript two lists, of which the first narrows the second. Kept: both choices."""

    slug = "linked_lists"
    label = _("Linked lists")
    icon = "list-ul"
    palette = "choices"
    doc = _("A category, then a sub-category: the roads, then the street lamps.")
    examples = [("lamps", ["roads", "lamps"]), ("other", ["other"]), ("", None)]
    operators = ("contains", "not_contains", "is_answered", "is_empty")
    words = ("first_name", "second_name")

    def sample(self) -> Question:
        """Three reports, in two categories."""
        choices = (
            Choice("roads", "Voirie"),
            Choice("lamps", "Éclairage", parent="roads"),
            Choice("holes", "Chaussée abîmée", parent="roads"),
            Choice("other", "Autre chose"),
        )
        return replace(super().sample(), choices=choices)

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Categories with their choices; ids are what is stored."""
        category = blocks.StructBlock(
            [
                ("label", blocks.CharBlock(max_length=200, label=_("Category"))),
                (
                    "choices",
                    blocks.ListBlock(
                        blocks.CharBlock(max_length=200, label=_("Choice")),
                        default=[],
                        max_num=200,
                        label=_("Its choices"),
                        help_text=_("None: the category itself is the answer."),
                    ),
                ),
            ],
            label=_("Category"),
        )
        return {
            "first_name": blocks.CharBlock(
                required=False, default="", max_length=80, label=_("Name of the first list")
            ),
            "second_name": blocks.CharBlock(
                required=False, default="", max_length=80, label=_("Name of the second list")
            ),
            "choices": blocks.ListBlock(category, default=[], max_num=100, label=_("Categories")),
        }

    def option_errors(self, value: Mapping[str, Any]) -> dict[str, str]:
        """Two categories at least; no two lines of a list alike."""
        categories = value["choices"]
        if len(categories) < 2:
            return {"choices": _now("Write at least two categories.")}
        lists = [[category["label"] for category in categories], *(category["choices"] for category in categories)]
        for labels in lists:
            plain = [" ".join(label.split()).casefold() for label in labels]
            if len(set(plain)) < len(plain):
                return {"choices": _now("Two choices have the same words: nobody could tell them apart.")}
        return {}

    def form_field(self, question: Question) -> forms.Field:
        """A native list, each category a group of it."""
        first = question.options.get("first_name") or _now("Category")
        second = question.options.get("second_name") or _now("More exactly")
        return LinkedField(
            label=question.label,
            help_text=question.help,
            required=question.required,
            choices=[("", _("Choose…")), *grouped(question)],
            parents={choice.id: choice.parent for choice in question.choices},
            widget=LinkedSelect(first, second),
            error_messages=MESSAGES,
        )

    def restore(self, kept: Kept) -> Any:
        """The last choice says it all."""
        return kept[-1] if isinstance(kept, list) and kept else ""

    def display(self, kept: Kept, question: Question) -> str:
        """Category, then choice."""
        chosen = kept if isinstance(kept, list) else []
        return " – ".join(choice.label for choice in question.choices if choice.id in chosen)

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:
        """A column each."""
        labels = {choice.id: choice.label for choice in question.choices}
        first, second = [*(kept if isinstance(kept, list) else []), "", ""][:2]
        return {"category": labels.get(first, ""), "choice": labels.get(second, "")}

    def compared(self, typed: str, question: Question) -> Kept:
        """A condition looks for a category or for one of its choices."""
        if typed not in {choice.id for choice in question.choices}:
            raise ValidationError(_("Choose one of the answers."))
        return typed


def grouped(question: Question) -> list[tuple[str, Any]]:
    """The choices as a list in groups; a category without choices is a choice itself."""
    made: list[tuple[str, Any]] = []
    for category in question.choices:
        if not category.parent:
            inside = [(choice.id, choice.label) for choice in question.choices if choice.parent == category.id]
            made.append((category.label, inside) if inside else (category.id, category.label))
    return made


class LinkedField(forms.ChoiceField):
    """Cleans to the category and the choice, or to the category alone."""

    def __init__(self, *, parents: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.parents = parents

    def clean(self, value: Any) -> list[str]:
        """Raises ValidationError for what is not in the list."""
        chosen = super().clean(value)
        return [step for step in (self.parents.get(chosen, ""), chosen) if step]
