"""A day and a moment of it: a slot that the department offers, or from one hour to another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.fields.date import LIMITS
from procedures.fields.digits import ascii_digits
from procedures.fields.one_choice import choices_block
from procedures.fields.parts import PartError, PartsField
from procedures.fields.period import day_part
from procedures.plugins import Choice, FieldType, Kept, Question, is_empty

HOUR = re.compile(r"(\d{1,2})(?:[:hH٫.\s]+(\d{2})?)?")
SLOTS = (Choice("slot-morning", "Matin, 9 h – 12 h"), Choice("slot-evening", "Soir, 18 h – 21 h"))


class TimeSlot(FieldType):
    """Kept: ``day`` (ISO 8601) with ``slot`` (the choice's id), or with ``from`` and ``to`` (hh:mm, local time)."""

    slug = "time_slot"
    label = _("Day and time slot")
    icon = "time"
    palette = "dates"
    doc = _("A day and a slot of your list; without a list, from one hour to another. It books nothing.")
    examples = [
        ({"day": "14/12/2026", "slot": "slot-evening"}, {"day": "2026-12-14", "slot": "slot-evening"}),
        ({"day": "١٤/١٢/٢٠٢٦", "slot": "slot-morning"}, {"day": "2026-12-14", "slot": "slot-morning"}),
        ({"day": "", "slot": ""}, None),
        ("", None),
    ]
    operators = ("is_answered", "is_empty")

    def sample(self) -> Question:
        """With two slots."""
        return replace(super().sample(), choices=SLOTS)

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Which days, which slots."""
        return {
            "limit": blocks.ChoiceBlock(choices=LIMITS, default="future", required=False, label=_("Possible days")),
            "choices": choices_block(),
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """No limit is an empty text."""
        return {"limit": value["limit"] or ""}

    def option_errors(self, value: Mapping[str, Any]) -> dict[str, str]:
        """Each slot once; none means that residents write the hours."""
        labels = [" ".join(label.split()).casefold() for label in value["choices"]]
        if len(set(labels)) < len(labels):
            return {"choices": _now("Two choices have the same words: nobody could tell them apart.")}
        return {}

    def form_field(self, question: Question) -> forms.Field:
        """A day, then a list or two hours."""
        missing = _("Write the day, for instance 14/12/2026.")
        parts: dict[str, forms.Field] = {"day": day_part(_("Day"), missing, question.options.get("limit", ""))}
        if question.choices:
            parts["slot"] = forms.ChoiceField(
                label=_("Time slot"),
                choices=[("", _("Choose…")), *((choice.id, choice.label) for choice in question.choices)],
                error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the time slots.")),
                widget=forms.Select(attrs={"autocomplete": "off"}),
            )
        else:
            parts["from"] = hour_part(_("From"), _("Write the hour, for instance 09:30."))
            parts["to"] = hour_part(_("To"), _("Write the hour, for instance 11:00."))
        return SlotField(
            parts,
            label=question.label,
            help_text=question.help or _("A day like 14/12/2026"),
            required=question.required,
            error_messages={"required": _("Write the day and choose the time.")},
        )

    def restore(self, kept: Kept) -> Any:
        """As it would be typed."""
        slot = cast("dict[str, str]", kept or {})
        return {**slot, "day": f"{date.fromisoformat(slot['day']):%d/%m/%Y}"} if slot else {}

    def display(self, kept: Kept, question: Question) -> str:
        """In words."""
        if is_empty(kept):
            return ""
        slot = cast("dict[str, str]", kept)
        day = date_format(date.fromisoformat(slot["day"]), "DATE_FORMAT")
        if "slot" in slot:
            label = next((choice.label for choice in question.choices if choice.id == slot["slot"]), "")
            return f"{day}, {label}" if label else day
        hours = {"day": day, "from": slot["from"], "to": slot["to"]}
        return _now("%(day)s, from %(from)s to %(to)s") % hours

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:
        """The day in ISO 8601; the slot's words, or both hours."""
        slot = cast("dict[str, str]", kept or {})
        if not question.choices:
            return {part: slot.get(part, "") for part in ("day", "from", "to")}
        label = next((choice.label for choice in question.choices if choice.id == slot.get("slot")), "")
        return {"day": slot.get("day", ""), "slot": label}

    def searchable(self, kept: Kept) -> str:
        """The day, as typed and as kept."""
        slot = cast("dict[str, str]", kept or {})
        return f"{self.restore(kept)['day']} {slot['day']}" if slot else ""


class SlotField(PartsField):
    """Cleans to what is kept."""

    def together(self, cleaned: dict[str, Any]) -> dict[str, Any] | None:
        """Refuse an end before the beginning."""
        if "from" in cleaned and cleaned["to"] <= cleaned["from"]:
            raise PartError("to", _("The end is not after the beginning: check both hours."))
        return {**cleaned, "day": cleaned["day"].isoformat()}


class HourField(forms.CharField):
    """Cleans to hh:mm: 9, 9h, 9 h 30, 09:30 are understood."""

    def clean(self, value: Any) -> str:
        """Parse the hour. Raises ValidationError for what no clock shows."""
        typed = ascii_digits(super().clean(value))
        if not typed:
            return ""
        found = HOUR.fullmatch(typed)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
        if hour > 23 or minute > 59:
            raise ValidationError(_("Write an hour of the day, for instance 09:30."))
        return f"{hour:02}:{minute:02}"


def hour_part(label: Any, missing: Any) -> HourField:
    """A part that is an hour of the day."""
    return HourField(
        label=label,
        max_length=12,
        error_messages={"required": missing},
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 7, "dir": "ltr"}),
    )
