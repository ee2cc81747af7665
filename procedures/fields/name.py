"""The name of a person, in as many parts as the department needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.fields.parts import PartsField, line
from procedures.fields.persons import REQUESTER, whose, whose_block
from procedures.plugins import FieldType, Kept, Question, is_empty

MADAM, SIR = "mme", "m"
TITLES = [(MADAM, _("Madam")), (SIR, _("Sir"))]
ORDER = ("title", "given", "family", "usage")


class Name(FieldType):
    """First names and last name; title and name in use if asked. Kept: ``title given family usage``."""

    slug = "name"
    label = _("Name of a person")
    icon = "user"
    palette = "identity"
    doc = _("First names and last name of a person, with the title and the name in use if you need them.")
    examples = [
        ({"given": " Amélie ", "family": "Durand"}, {"given": "Amélie", "family": "Durand"}),
        (
            {"title": "mme", "given": "Amélie, Rose", "family": "Durand", "usage": "Le Goff"},
            {"title": "mme", "given": "Amélie, Rose", "family": "Durand", "usage": "Le Goff"},
        ),
        ({"title": "", "given": "أمينة", "family": "بن علي"}, {"given": "أمينة", "family": "بن علي"}),
        ("Amélie Rose DURAND", {"given": "Amélie Rose", "family": "DURAND"}),
        ({"title": "", "given": "", "family": " "}, None),
        ("", None),
    ]
    operators = ("is_answered", "is_empty")
    tokens = ("name",)

    def sample(self) -> Question:
        """With every part."""
        return replace(super().sample(), options={"ask_title": True, "ask_usage": True})

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Whose name it is, and which parts are needed."""
        return {
            "whose": whose_block(),
            "ask_title": blocks.BooleanBlock(
                required=False, label=_("Ask for the title"), help_text=_("Nobody has to give one.")
            ),
            "ask_usage": blocks.BooleanBlock(
                required=False,
                label=_("Ask for the name in use beside the birth name"),
                help_text=_("For acts of civil status. Anywhere else, one name is enough."),
            ),
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Nothing chosen is the person who asks."""
        flags = {name: bool(value[name]) for name in ("ask_title", "ask_usage")}
        return {"whose": value["whose"] or REQUESTER, **flags}

    def form_field(self, question: Question) -> forms.Field:
        """One field per part; browsers fill in those of the person who asks."""
        own = whose(question) == REQUESTER
        usage = question.options.get("ask_usage")
        parts: dict[str, forms.Field] = {}
        if question.options.get("ask_title"):
            parts["title"] = forms.ChoiceField(
                label=_("Form of address"),
                required=False,
                choices=[("", _("No title")), *TITLES],
                widget=forms.Select(attrs={"autocomplete": "honorific-prefix" if own else "off"}),
                error_messages={"invalid_choice": _("Choose one of the titles, or none.")},
            )
        parts["given"] = line(
            _("First names"), missing=_("Write the first name."), autocomplete="given-name" if own else "off"
        )
        parts["family"] = line(
            _("Birth name") if usage else _("Last name"),
            missing=_("Write the last name."),
            autocomplete="family-name" if own else "off",
        )
        if usage:
            parts["usage"] = line(_("Name in use, if it is another"), missing="", required=False)
        return NameField(
            parts,
            label=question.label,
            help_text=question.help,
            required=question.required,
            error_messages={"required": _("Write the first name and the last name.")},
        )

    def display(self, kept: Kept, question: Question) -> str:
        """As one says it: title, first names, last name; the birth name after the name in use."""
        if is_empty(kept):
            return ""
        parts = cast("dict[str, str]", kept)
        title = str(dict(TITLES).get(parts.get("title", ""), ""))
        full = " ".join(filter(None, (title, parts.get("given"), _last(parts))))
        if parts.get("usage") and parts.get("family"):
            return str(_("%(name)s (birth name: %(birth_name)s)") % {"name": full, "birth_name": parts["family"]})
        return full

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:
        """One column per part."""
        parts = cast("dict[str, str]", kept or {})
        title = str(dict(TITLES).get(parts.get("title", ""), ""))
        asked = cast("PartsField", self.form_field(question)).parts
        return {part: title if part == "title" else parts.get(part, "") for part in asked}

    def searchable(self, kept: Kept) -> str:
        """All the names."""
        parts = cast("dict[str, str]", kept or {})
        return " ".join(parts[part] for part in ORDER[1:] if part in parts)

    def claims(self, kept: Kept, question: Question) -> Mapping[str, str]:
        """The name of the person who asks, by the name in use."""
        if is_empty(kept) or whose(question) != REQUESTER:
            return {}
        parts = cast("dict[str, str]", kept)
        said = {
            "honorific-prefix": str(dict(TITLES).get(parts.get("title", ""), "")),
            "given-name": parts.get("given", ""),
            "family-name": _last(parts),
        }
        return {token: value for token, value in said.items() if value}


class NameField(PartsField):
    """The parts of a name; a whole name, from a source of answers, is cut before its last names."""

    def split(self, value: Any) -> Mapping[str, Any]:
        """« Amélie Rose DURAND LE GOFF »: capitals are the last name; else the last word is."""
        if not isinstance(value, str):
            return super().split(value)
        words = value.split()
        last = len(words)
        while last and words[last - 1].isupper():
            last -= 1
        if last in (0, len(words)):
            last = max(len(words) - 1, 0)
        return {"given": " ".join(words[:last]), "family": " ".join(words[last:])}


def _last(parts: Mapping[str, str]) -> str:
    return parts.get("usage") or parts.get("family", "")
