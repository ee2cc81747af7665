"""Signing by typing one's name below what is certified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.fields.parts import PartsField, foreign, line
from procedures.fields.persons import REQUESTER, whose, whose_block
from procedures.plugins import FieldType, Kept, Question, is_empty


class Signature(FieldType):
    """A name typed under a statement. Kept: ``name`` and ``on``, the moment it was given (ISO 8601, UTC)."""

    slug = "signature"
    label = _("Signature by typed name")
    icon = "edit"
    palette = "structure"
    doc = _("What is certified, and the name of whoever certifies it, with the moment.")
    examples = [
        ({"name": " Amélie Durand "}, {"name": "Amélie Durand", "on": "2026-11-21T09:00:00+00:00"}),
        ("أمينة بن علي", {"name": "أمينة بن علي", "on": "2026-11-21T09:00:00+00:00"}),
        ({"name": " "}, None),
        ("", None),
    ]
    operators = ("is_answered", "is_empty")
    words = ("statement",)

    def sample(self) -> Question:
        """With its words."""
        return replace(super().sample(), options={"statement": "Je certifie que ces renseignements sont exacts."})

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Who signs what."""
        return {
            "whose": whose_block(),
            "statement": blocks.TextBlock(
                max_length=2000, rows=3, label=_("What is certified"), help_text=_("“I certify that…”")
            ),
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Nothing chosen is the person who asks."""
        return {"whose": value["whose"] or REQUESTER}

    def form_field(self, question: Question) -> forms.Field:
        """The statement, then one line for the name."""
        missing = _("Type your first and last names to sign.")
        own = whose(question) == REQUESTER
        name = line(_("Signed by (first and last names)"), missing=missing, autocomplete="name" if own else "off")
        field = SignatureField(
            {"name": name},
            statement=question.options.get("statement", ""),
            label=question.label,
            help_text=question.help,
            required=question.required,
            error_messages={"required": missing},
        )
        field.statement_lang = foreign(question.options.get("statement_lang") or question.lang)
        return field

    def keep(self, cleaned: Any) -> Kept:
        """The name, with this moment."""
        now = timezone.now().replace(microsecond=0)
        return {"name": cleaned["name"], "on": now.isoformat()} if cleaned else None

    def restore(self, kept: Kept) -> Any:
        """The name alone: signing again is another moment."""
        return {"name": cast("dict[str, str]", kept)["name"]} if kept else {}

    def display(self, kept: Kept, question: Question) -> str:
        """Who signed, and when (local time)."""
        if is_empty(kept):
            return ""
        signed = cast("dict[str, str]", kept)
        moment = timezone.localtime(datetime.fromisoformat(signed["on"]))
        return _now("%(name)s, on %(moment)s") % {
            "name": signed["name"],
            "moment": date_format(moment, "DATETIME_FORMAT"),
        }

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:
        """The name, and the moment in ISO 8601."""
        signed = cast("dict[str, str]", kept or {})
        return {"name": signed.get("name", ""), "on": signed.get("on", "")}

    def searchable(self, kept: Kept) -> str:
        """The name."""
        return cast("dict[str, str]", kept)["name"] if kept else ""


class SignatureField(PartsField):
    """One part; a bare text is the name."""

    def split(self, value: Any) -> Mapping[str, Any]:
        """The name."""
        return {"name": value} if isinstance(value, str) else super().split(value)
