"""When and where a person was born. The day, or the month too, may be unknown: such births are presumed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.fields.countries import countries, country_name
from procedures.fields.date import FIRST_YEAR, parsed
from procedures.fields.digits import ascii_digits
from procedures.fields.parts import PartsField, line
from procedures.fields.persons import REQUESTER, whose, whose_block
from procedures.fields.widgets import Combobox
from procedures.plugins import FieldType, Kept, Question, is_empty

YEAR_ONLY, MONTH_ONLY = "year", "month"
PRESUMED = re.compile(r"(?:(?:0?0[\s./-]+)?(\d{1,2})[\s./-]+)?(\d{4})")


class Birth(FieldType):
    """Date and place. Kept: ``date`` (ISO 8601), ``known`` (year, month) if presumed, ``town``, ``country``.

    A presumed date is the first day of the year or month, as in civil status and FranceConnect.
    """

    slug = "birth"
    label = _("Birth")
    icon = "date"
    palette = "identity"
    doc = _("Date and place of birth of a person, also where only the year or the month is known.")
    examples = [
        (
            {"date": "14/07/1990", "town": "Valmarie", "country": "FR"},
            {"date": "1990-07-14", "town": "Valmarie", "country": "FR"},
        ),
        (
            {"date": "١٤/٠٧/١٩٩٠", "town": "طنجة", "country": "MA"},
            {"date": "1990-07-14", "town": "طنجة", "country": "MA"},
        ),
        (
            {"date": "1950", "town": "Oran", "country": "DZ"},
            {"date": "1950-01-01", "known": "year", "town": "Oran", "country": "DZ"},
        ),
        (
            {"date": "00/03/1950", "town": "Oran", "country": "DZ"},
            {"date": "1950-03-01", "known": "month", "town": "Oran", "country": "DZ"},
        ),
        ({"date": "", "town": "", "country": ""}, None),
        ("", None),
    ]
    operators = ("is_answered", "is_empty")
    tokens = ("bday",)

    def sample(self) -> Question:
        """With the place."""
        return replace(super().sample(), options={"ask_place": True})

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Whose birth, and whether the place is needed."""
        return {
            "whose": whose_block(),
            "ask_place": blocks.BooleanBlock(required=False, default=True, label=_("Ask for the town and the country")),
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Nothing chosen is the person who asks."""
        return {"whose": value["whose"] or REQUESTER, "ask_place": bool(value["ask_place"])}

    def form_field(self, question: Question) -> forms.Field:
        """A date as one writes it, a town, a list of countries."""
        own = whose(question) == REQUESTER
        day = BirthDateField(
            label=_("Date of birth"),
            help_text=_("For instance 14/07/1990; if you do not know the day, 07/1990 or 1990."),
            max_length=40,
            error_messages={"required": _("Write the date of birth, for instance 14/07/1990.")},
            widget=forms.TextInput(
                attrs={"autocomplete": "bday" if own else "off", "inputmode": "numeric", "size": 12, "dir": "ltr"}
            ),
        )
        parts: dict[str, forms.Field] = {"date": day}
        if question.options.get("ask_place", True):
            parts["town"] = line(_("Town of birth"), missing=_("Write the town of birth."))
            parts["country"] = forms.ChoiceField(
                label=_("Country of birth"),
                choices=lambda: [("", _("Choose…")), *countries()],
                widget=Combobox({"autocomplete": "off"}),
                error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose the country of birth.")),
            )
        return BirthField(
            parts,
            label=question.label,
            help_text=question.help,
            required=question.required,
            error_messages={"required": _("Write the date of birth, for instance 14/07/1990.")},
        )

    def restore(self, kept: Kept) -> Any:
        """As it would be typed."""
        if is_empty(kept):
            return {}
        birth = cast("dict[str, str]", kept)
        day = date.fromisoformat(birth["date"])
        written = {YEAR_ONLY: f"{day:%Y}", MONTH_ONLY: f"{day:%m/%Y}"}.get(birth.get("known", ""), f"{day:%d/%m/%Y}")
        return {**birth, "date": written}

    def display(self, kept: Kept, question: Question) -> str:
        """In words: 14 July 1990, Valmarie (France)."""
        if is_empty(kept):
            return ""
        birth = cast("dict[str, str]", kept)
        said = _in_words(date.fromisoformat(birth["date"]), birth.get("known", ""))
        if "town" not in birth:
            return said
        place = {"day": said, "town": birth["town"], "country": country_name(birth.get("country", ""))}
        return _now("%(day)s, %(town)s (%(country)s)") % place

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:
        """The date in ISO 8601, what is known of it, the town and the country's ISO code."""
        birth = cast("dict[str, str]", kept or {})
        place = ("town", "country") if question.options.get("ask_place", True) else ()
        return {part: birth.get(part, "") for part in ("date", "known", *place)}

    def searchable(self, kept: Kept) -> str:
        """The date in both forms, and the town."""
        birth = cast("dict[str, str]", kept or {})
        return f"{self.restore(kept)['date']} {birth['date']} {birth.get('town', '')}".strip() if birth else ""

    def claims(self, kept: Kept, question: Question) -> Mapping[str, str]:
        """The birthday of the person who asks."""
        return {} if is_empty(kept) or whose(question) != REQUESTER else {"bday": cast("dict[str, str]", kept)["date"]}


class BirthDateField(forms.CharField):
    """Cleans to the day and what is known of it: "", year or month."""

    def clean(self, value: Any) -> Any:
        """Parse what was typed. Raises ValidationError for what is no day of the past."""
        typed = ascii_digits(super().clean(value))
        if not typed:
            return None
        known, day = "", None
        if found := PRESUMED.fullmatch(typed):
            month, year = int(found[1] or 0), int(found[2])
            known = MONTH_ONLY if month else YEAR_ONLY
            if year < FIRST_YEAR or month > 12:
                raise ValidationError(_("Check the month and the year of birth."))
            day = date(year, month or 1, 1)
        day = day or parsed(typed)
        if day > timezone.localdate():
            raise ValidationError(_("This date is in the future: check the date of birth."))
        return day, known


class BirthField(PartsField):
    """Cleans to what is kept."""

    def split(self, value: Any) -> Mapping[str, Any]:
        """A bare text, from a source of answers, is the date; the place is left to the resident."""
        return {"date": value} if value and isinstance(value, str) else super().split(value)

    def together(self, cleaned: dict[str, Any]) -> dict[str, Any] | None:
        """The date and what is known of it are one part on the screen, two in the answer."""
        day, known = cleaned.pop("date")
        return {"date": day.isoformat(), **({"known": known} if known else {}), **cleaned}


def _in_words(day: date, known: str) -> str:
    if known == YEAR_ONLY:
        return _now("in %(year)s (day not known)") % {"year": day.year}
    if known == MONTH_ONLY:
        return _now("in %(month)s (day not known)") % {"month": date_format(day, "F Y")}
    return date_format(day, "DATE_FORMAT")
