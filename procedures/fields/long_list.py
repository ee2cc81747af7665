"""One answer of a list too long for buttons, with search: countries, streets, schools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from directory.territory.towns import folded
from procedures.fields.reference_lists import REFERENCE_LISTS, entries
from procedures.fields.widgets import Combobox
from procedures.plugins import FieldType, Kept, Question, is_empty

MOST_LINES, LONGEST_LINE = 5_000, 200
MESSAGES = dict.fromkeys(("required", "invalid_choice"), _("Choose one of the answers of the list."))


class LongList(FieldType):
    """A drop-down list; with JavaScript a field that looks for what one writes. Kept: the code, or the line itself."""

    slug = "long_list"
    label = _("Long list with search")
    icon = "search"
    palette = "choices"
    reading = "choice"
    doc = _("One answer of a long list: your own, pasted line by line, or countries, départements, languages.")
    examples = [("49", "49"), ("2a corse du sud", "2A"), ("49 – Maine-et-Loire", "49"), ("", None)]
    operators = ("is", "is_not", "is_answered", "is_empty")
    words = ("lines",)

    def sample(self) -> Question:
        """The départements."""
        return replace(super().sample(), options={"list": "departements"})

    def option_blocks(self) -> dict[str, blocks.Block]:
        """A list of the trade, or one's own."""
        lists = [("", _("My own, written below")), *((slug, kept.label) for slug, kept in REFERENCE_LISTS.items())]
        return {
            "list": blocks.ChoiceBlock(choices=lists, required=False, label=_("List")),
            "lines": blocks.TextBlock(
                required=False,
                default="",
                rows=8,
                max_length=MOST_LINES * LONGEST_LINE,
                label=_("Answers, one per line"),
                help_text=_("Up to 5,000 lines, pasted from a spreadsheet for instance."),
            ),
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """The lines as their own page words them are what is kept, in every language."""
        return {"list": value["list"] or "", "keys": [] if value["list"] else lines_of(value["lines"])}

    def option_errors(self, value: Mapping[str, Any]) -> dict[str, str]:
        """Two lines at least, each once."""
        lines = lines_of(value["lines"])
        if value["list"]:
            return {"lines": _now("Choose a list above or write your own, not both.")} if lines else {}
        if len(lines) < 2:
            return {"lines": _now("Write at least two answers, or choose a list above.")}
        if len(lines) > MOST_LINES:
            return {"lines": _now("Keep %(most)s lines at most.") % {"most": MOST_LINES}}
        if any(len(line) > LONGEST_LINE for line in lines):
            return {"lines": _now("Keep each line under %(most)s characters.") % {"most": LONGEST_LINE}}
        twice = first_repeated(lines)
        if twice:
            return {"lines": _now("“%(line)s” is there twice.") % {"line": twice}}
        return {}

    def form_field(self, question: Question) -> forms.Field:
        """A native list; what is written in place of chosen is looked up."""
        return ListField(
            label=question.label,
            help_text=question.help,
            required=question.required,
            words=words_of(question),
            error_messages=MESSAGES,
        )

    def display(self, kept: Kept, question: Question) -> str:
        """The words of the line in the active language; of a line that is gone, the line."""
        return "" if is_empty(kept) else words_of(question).get(str(kept), str(kept))

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:
        """The words, and the code where it is another thing."""
        shown = self.display(kept, question)
        return {"": shown, "code": kept or ""} if question.options.get("list") else {"": shown}

    def searchable(self, kept: Kept) -> str:
        """The line, of one's own lists."""
        return str(kept) if kept and len(str(kept)) > 3 else ""


def lines_of(text: str | None) -> list[str]:
    """The lines that say something."""
    return [line for line in (" ".join(line.split()) for line in (text or "").splitlines()) if line]


def first_repeated(lines: Iterable[str]) -> str:
    """The first line that nobody could tell from one before it; "" where there is none."""
    seen: set[str] = set()
    for line in lines:
        plain = folded(line) or line
        if plain in seen:
            return line
        seen.add(plain)
    return ""


def words_of(question: Question) -> Mapping[str, str]:
    """The words to show under what is kept; a translation counts when it has a line for each line."""
    if question.options.get("list"):
        return entries(question.options["list"])
    keys = question.options.get("keys", [])
    said = lines_of(question.options.get("lines"))
    return dict(zip(keys, said if len(said) == len(keys) else keys, strict=True))


class ListField(forms.Field):
    """Cleans to the code of a line; its words are understood too."""

    widget = Combobox

    def __init__(self, *, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = words
        self.widget.choices = [("", _("Choose…")), *words.items()]

    def clean(self, value: Any) -> str:
        """The code. Raises ValidationError for what is not in the list."""
        typed = str(value or "").strip()
        if not typed:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return ""
        if typed in self.words:
            return typed
        wanted = folded(typed)
        found = [key for key, label in self.words.items() if folded(label) == wanted] if len(typed) < 250 else []
        if len(found) != 1:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return found[0]
