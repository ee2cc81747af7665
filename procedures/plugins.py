"""The whole extension surface of procedures: every promise a plugin makes.

A plugin is one class in one file and one line of a settings list; what crosses the border is frozen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from wagtail import blocks

from cms.registry import Plugin, Registry

Kept = str | int | bool | list[str] | None
"""An answer as it is stored: JSON. None when the question was left empty."""


def is_empty(kept: Kept) -> bool:
    """Tell whether a kept answer says nothing; « no » (False) is an answer."""
    return kept is None or kept == "" or kept == []


# --- What crosses the border -------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """One comparison of a condition: ``question_id`` ``operator`` ``value``."""

    question_id: str
    operator: str
    value: Kept = None


@dataclass(frozen=True)
class Condition:
    """When a step or a question is shown; without rules, always."""

    match_all: bool
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Choice:
    """One of the answers a question offers; ``id`` is stored, ``label`` is shown."""

    id: str
    label: str
    lang: str = "fr"


@dataclass(frozen=True)
class Question:
    """A question as one published version words it in one language.

    ``id`` is its block's id (a UUID): its name in forms and answers, in every language and version.
    ``lang`` and ``help_lang`` are the languages of its texts: not the one asked for without translation.
    """

    id: str
    type: str
    label: str
    help: str = ""
    required: bool = True
    condition: Condition | None = None
    choices: tuple[Choice, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict, hash=False)
    lang: str = "fr"
    help_lang: str = "fr"

    @property
    def field_type(self) -> FieldType:
        """The plugin that knows this type of question."""
        return field_types[self.type]


@dataclass(frozen=True)
class Parcel:
    """A message of the outbox; ``key`` is the same at every attempt."""

    key: UUID
    recipient: str
    language: str
    content: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True)
class Period:
    """Days a figure is about, both included, local time zone."""

    first_day: date
    last_day: date


@dataclass(frozen=True)
class Figure:
    """``value`` in ``unit``, None where nothing was measured; ``sample`` requests were counted."""

    value: float | None
    unit: str | Promise
    sample: int


# --- The families ------------------------------------------------------------------------


class FieldType(Plugin):
    """A type of question. ``slug`` is stored with every question: never rename, never reuse."""

    icon: ClassVar[str] = "help"
    doc: ClassVar[str | Promise]
    """One sentence for editors: when to choose this type."""
    examples: ClassVar[Sequence[tuple[Any, Kept]]]  # as typed, as kept, for the question ``sample`` makes
    operators: ClassVar[Sequence[str]] = ("is", "is_not", "is_answered", "is_empty")
    takes_files: ClassVar[bool] = False

    def sample(self) -> Question:
        """A question of this type, for tests and documentation."""
        return Question(id=f"sample-{self.slug}", type=self.slug, label=str(self.label))

    def option_blocks(self) -> dict[str, blocks.Block]:
        """What editors may set beside label, help, obligation and condition.

        An option ``choices`` is a ListBlock of text: its items' ids are the kept answers.
        """
        return {}

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """The options, ``choices`` apart, as JSON for the published version."""
        return {name: value[name] for name in self.option_blocks() if name != "choices"}

    def option_errors(self, value: Mapping[str, Any]) -> dict[str, str]:
        """What is wrong with the options, by option name."""
        return {}

    def form_field(self, question: Question) -> forms.Field:
        """Make the form field; its widget carries ``autocomplete``, ``inputmode``…"""
        raise NotImplementedError

    def keep(self, cleaned: Any) -> Kept:
        """Turn what the form field cleaned into what is stored."""
        return cleaned or None

    def restore(self, kept: Kept) -> Any:
        """Turn what is stored into an initial value of the form field."""
        return kept

    def display(self, kept: Kept, question: Question) -> str:
        """Say the answer in words, in the active language; "" where there is none."""
        return "" if is_empty(kept) else str(kept)

    def searchable(self, kept: Kept) -> str:
        """The words agents may search for; "" for what is no text of the resident."""
        return ""

    def claim(self, question: Question) -> str:
        """What it says of the requester, as an ``autocomplete`` token: ``email``, ``tel``, ``given-name``…"""
        return ""

    def compared(self, typed: str, question: Question) -> Kept:
        """What an editor typed in a condition, as it is kept. Raises ValidationError."""
        return self.keep(self.form_field(question).clean(typed))


class Operator(Plugin):
    """A comparison of a condition. The same name has its twin in the browser's script."""

    needs_value: ClassVar[bool] = True

    def holds(self, kept: Kept, value: Kept) -> bool:
        """Compare an answer with the rule's value; an unanswered or hidden question gives None."""
        raise NotImplementedError


class Delivery(Plugin):
    """A way out of the outbox: e-mail, webhook…"""

    def deliver(self, parcel: Parcel) -> None:
        """Send. An exception means: not sent, try again. May come twice with one ``key``."""
        raise NotImplementedError


class Statistic(Plugin):
    """A figure about requests, its unit in its label."""

    def figure(self, period: Period, procedure_id: int | None = None) -> Figure:
        """Measure, for one procedure or for all; no figure may point at a person."""
        raise NotImplementedError


field_types = Registry(FieldType, "FIELD_TYPES")
operators = Registry(Operator, "OPERATORS")
deliveries = Registry(Delivery, "DELIVERIES")
statistics = Registry(Statistic, "STATISTICS")
