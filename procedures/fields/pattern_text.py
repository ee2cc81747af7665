"""A short text that follows a pattern of a list: a plate, a tax number, a postcode."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from stdnum.fr import nir
from wagtail import blocks

from procedures.fields.numbered import NumberedField
from procedures.fields.patterns import (
    CUSTOM,
    LONGEST_EXPRESSION,
    PATTERNS,
    Pattern,
    compiled_expression,
    read_custom,
)
from procedures.plugins import FieldType, Kept, Question

LONGEST = 250


class PatternText(FieldType):
    """Typed freely, kept in the pattern's one way of writing, shown as people write it."""

    slug = "pattern_text"
    label = _("Text with a pattern")
    icon = "code"
    doc = _("A number or code whose form is known: licence plate, tax number, postcode, web address. Choose which.")
    examples = [
        ("aa 229 bb", "AA-229-BB"),
        ("AA-229-BB", "AA-229-BB"),
        ("AA٢٢٩BB", "AA-229-BB"),
        ("1234ab49", "1234 AB 49"),
        ("", None),
    ]
    operators = ("is", "is_not", "contains", "not_contains", "is_answered", "is_empty")
    words = ("message",)

    def sample(self) -> Question:
        """A licence plate."""
        return replace(super().sample(), options={"pattern": "plate"})

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Which pattern; an imported procedure brings its own."""
        named = [(slug, pattern.label) for slug, pattern in PATTERNS.items()]
        return {
            "pattern": blocks.ChoiceBlock(
                choices=[*named, (CUSTOM, _("The imported pattern below"))], label=_("Pattern")
            ),
            "expression": blocks.CharBlock(
                required=False,
                max_length=LONGEST_EXPRESSION,
                label=_("Imported pattern"),
                help_text=_("Comes with procedures from another system (a regular expression). Leave it as it is."),
            ),
            "message": blocks.CharBlock(
                required=False,
                max_length=200,
                label=_("What to say when the answer does not fit"),
                help_text=_("How it is written, where to find it. Left empty: an example of the pattern."),
            ),
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """The expression counts only for an imported pattern."""
        pattern = value["pattern"] or ""
        return {"pattern": pattern, "expression": (value["expression"] or "") if pattern == CUSTOM else ""}

    def option_errors(self, value: Mapping[str, Any]) -> dict[str, str]:
        """An imported pattern must be one that always answers in time."""
        if value["pattern"] != CUSTOM:
            return {}
        try:
            compiled_expression(value["expression"] or "")
        except ValueError:
            return {"expression": _now("This pattern cannot be used: choose one of the list, or a short text.")}
        return {}

    def form_field(self, question: Question) -> forms.Field:
        """One line; the example says how it is written."""
        pattern = pattern_of(question)
        example = _("For instance %(example)s") % {"example": pattern.example} if pattern.example else ""
        said = question.options.get("message", "")
        invalid = said or (
            _("Check the answer: it is written like %(example)s.") % {"example": pattern.example}
            if pattern.example
            else _("This answer does not have the form that is asked for: check it.")
        )
        return NumberedField(
            pattern.read,
            label=question.label,
            help_text=question.help or example,
            required=question.required,
            max_length=LONGEST,
            error_messages={"required": said or _("Write an answer."), "invalid": invalid},
            widget=forms.TextInput(
                attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": pattern.inputmode, "dir": "auto"}
            ),
        )

    def display(self, kept: Kept, question: Question) -> str:
        """As people write it."""
        return pattern_of(question).show(str(kept)) if kept else ""

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:
        """As it is kept."""
        return {"": str(kept or "")}

    def searchable(self, kept: Kept) -> str:
        """The text with and without separators; never a social security number."""
        text = str(kept or "")
        if not text or nir.is_valid(text):
            return ""
        return " ".join(dict.fromkeys([text, "".join(filter(str.isalnum, text))]))


ANYTHING = Pattern("", "", str.strip)


def pattern_of(question: Question) -> Pattern:
    """The pattern that the options name; anything goes where it is gone: nobody is kept from answering."""
    slug = question.options.get("pattern", "")
    if slug != CUSTOM:
        return PATTERNS.get(slug, ANYTHING)
    expression = question.options.get("expression", "")
    try:
        compiled_expression(expression)
    except ValueError:
        return ANYTHING
    return Pattern("", "", read_custom(expression))
