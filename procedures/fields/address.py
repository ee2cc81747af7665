"""A postal address, one field per line, whose town is looked up from its postcode."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from directory.territory.districts import district_called, district_name
from directory.territory.towns import town_at, towns_at
from procedures.fields.countries import FIRST, countries, country_name
from procedures.fields.digits import ascii_digits
from procedures.fields.locating import located
from procedures.fields.parts import LONGEST, BoundPart, BoundParts, NeededLine, PartError, PartsField, line
from procedures.fields.persons import REQUESTER, whose, whose_block
from procedures.fields.widgets import PlainSelect, Suggested
from procedures.plugins import FieldType, Kept, Question, is_empty

LINES = ("street", "complement", "postcode", "town", "country")
WRITTEN = re.compile(r"(?P<street>[^,\n]+)(?:[,\n](?P<complement>.+))?[,\n]\s*(?P<postcode>\d{5})\s+(?P<town>[^,\n]+)")


class Address(FieldType):
    """Kept: ``street complement postcode town insee country``, and ``lat lon district`` where they are known."""

    slug = "address"
    label = _("Postal address")
    icon = "home"
    palette = "identity"
    doc = _("A postal address: the town is found from the postcode, the district too if you drew them.")
    examples = [
        (
            {"street": " 12 rue des Lilas", "complement": "Bât. B", "postcode": "49 100", "town": "angers"},
            {
                "street": "12 rue des Lilas",
                "complement": "Bât. B",
                "postcode": "49100",
                "town": "Angers",
                "insee": "49007",
                "country": "FR",
            },
        ),
        (
            {"street": "Le bourg", "postcode": "48100", "town": "Là-bas"},
            {"street": "Le bourg", "postcode": "48100", "town": "Là-bas", "country": "FR"},
        ),
        (
            {"street": "Rue Haute 3", "postcode": "1000", "town": "Bruxelles", "country": "BE"},
            {"street": "Rue Haute 3", "postcode": "1000", "town": "Bruxelles", "country": "BE"},
        ),
        ({"street": "", "complement": "", "postcode": "", "town": "", "country": "FR"}, None),
        ("", None),
    ]
    operators = ("in_district", "is_answered", "is_empty")
    tokens = ("street-address",)

    def sample(self) -> Question:
        """Anywhere in the world."""
        return replace(super().sample(), options={"abroad": True})

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Whose address, whether abroad too, and whether its place matters."""
        return {
            "whose": whose_block(),
            "abroad": blocks.BooleanBlock(required=False, label=_("Addresses abroad too")),
            "locates": blocks.BooleanBlock(
                required=False,
                label=_("Find its district"),
                help_text=_("From the districts of the directory: conditions and routing can look at it."),
            ),
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Nothing chosen is the person who asks."""
        return {"whose": value["whose"] or REQUESTER, **{name: bool(value[name]) for name in ("abroad", "locates")}}

    def form_field(self, question: Question) -> forms.Field:
        """One field per line; browsers fill in that of the person who asks."""
        return AddressField(
            _lines(whose(question) == REQUESTER, bool(question.options.get("abroad"))),
            locates=bool(question.options.get("locates")),
            label=question.label,
            help_text=question.help,
            required=question.required,
            error_messages={"required": _("Write the address: number and street, postcode, town.")},
        )

    def restore(self, kept: Kept) -> Any:
        """Its lines; what was found out about it is found out again."""
        return {name: text for name, text in _parts(kept).items() if name in LINES}

    def display(self, kept: Kept, question: Question) -> str:
        """In one line, the country only where it is not France; a bare slug is a condition's district."""
        if is_empty(kept) or isinstance(kept, str):
            return district_name(kept) if isinstance(kept, str) and kept else ""
        address = _parts(kept)
        town = f"{address.get('postcode', '')} {address.get('town', '')}".strip()
        country = "" if address.get("country", FIRST) == FIRST else country_name(str(address["country"]))
        return ", ".join(filter(None, (address.get("street"), address.get("complement"), town, country)))

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:
        """A column each, the place too where it is looked for."""
        found = ("insee", "district", "lat", "lon") if question.options.get("locates") else ("insee",)
        address = _parts(kept)
        return {name: address.get(name, "") for name in (*LINES, *found)}

    def searchable(self, kept: Kept) -> str:
        """Every line, and the district's name."""
        address = _parts(kept)
        district = district_name(address["district"]) if address.get("district") else ""
        return " ".join(filter(None, (*(address.get(name) for name in LINES[:4]), district)))

    def claims(self, kept: Kept, question: Question) -> Mapping[str, str]:
        """Where the person who asks lives."""
        if is_empty(kept) or whose(question) != REQUESTER:
            return {}
        address = _parts(kept)
        street = "\n".join(filter(None, (address.get("street"), address.get("complement"))))
        said = {
            "street-address": street,
            "postal-code": address.get("postcode", ""),
            "address-level2": address.get("town", ""),
            "country": address.get("country", ""),
        }
        return {token: str(text) for token, text in said.items() if text}

    def compared(self, typed: str, question: Question) -> Kept:
        """A condition names a district."""
        return compared_district(typed)


def compared_district(typed: str) -> str:
    """The slug of a district written by an editor. Raises ValidationError for none."""
    found = district_called(typed.strip())
    if not found:
        raise ValidationError(_("Write the name of a district of the directory."))
    return found


def _parts(kept: Kept) -> dict[str, Any]:
    return kept if isinstance(kept, dict) else {}


def _lines(own: bool, abroad: bool) -> dict[str, forms.Field]:
    """The fields of an address, with the tokens by which browsers know them."""
    tokens = {"street": "address-line1", "complement": "address-line2", "postcode": "postal-code"}
    tokens = {part: token if own else "off" for part, token in {**tokens, "town": "address-level2"}.items()}
    lines: dict[str, forms.Field] = {
        "street": line(
            _("Number and street"), missing=_("Write the number and the street."), autocomplete=tokens["street"]
        ),
        "complement": line(
            _("Building, floor, place called"), missing="", required=False, autocomplete=tokens["complement"]
        ),
        "postcode": line(
            _("Postcode"),
            missing=_("Write the postcode."),
            autocomplete=tokens["postcode"],
            data_towns=reverse_lazy("territory:towns"),
            size=12,
            inputmode="text" if abroad else "numeric",
        ),
        "town": NeededLine(label=_("Town"), max_length=LONGEST, widget=Suggested({"autocomplete": tokens["town"]})),
    }
    if abroad:
        lines["country"] = CountryField(
            label=_("Country"),
            initial=FIRST,
            choices=countries,
            widget=PlainSelect(attrs={"autocomplete": "country" if own else "off"}),
            error_messages={"invalid_choice": _("Choose one of the countries.")},
        )
    return lines


class CountryField(forms.ChoiceField):
    """A country; France where nothing is said."""

    def clean(self, value: Any) -> str:
        """The country's code."""
        return super().clean(value or FIRST)


class BoundAddress(BoundParts):
    """An address in a form: offers the towns of the postcode that was typed."""

    @cached_property
    def parts(self) -> list[BoundPart]:
        """The lines; the town's with its suggestions, for browsers without JavaScript."""
        made = list(super().parts)
        postcode = ascii_digits(str(self.split().get("postcode") or ""))
        town = cast("PartsField", self.field).parts["town"]
        cast("Suggested", town.widget).suggestions = [known.name for known in towns_at(postcode)]
        return made


class AddressField(PartsField):
    """Cleans to what is kept."""

    bound_field_class = BoundAddress

    def __init__(self, parts: Mapping[str, forms.Field], *, locates: bool, **kwargs: Any) -> None:
        super().__init__(parts, **kwargs)
        self.locates = locates

    def split(self, value: Any) -> Mapping[str, Any]:
        """An address in one text, as letters bear it, is cut into its lines."""
        if isinstance(value, str) and len(value) < 500 and (found := WRITTEN.fullmatch(value.strip())):
            return {part: (text or "").strip() for part, text in found.groupdict().items()}
        return super().split(value)

    def clean(self, value: Any) -> dict[str, Any] | None:
        """Nobody who only left the country as it was has begun an address."""
        typed = self.split(value)
        if isinstance(value, Mapping) and not any(str(typed.get(part) or "").strip() for part in LINES[:4]):
            value = {}
        return super().clean(value)

    def together(self, cleaned: dict[str, Any]) -> dict[str, Any] | None:
        """The town as it is written officially, its code, then its place."""
        cleaned.setdefault("country", FIRST)
        if cleaned["country"] == FIRST:
            cleaned |= _french(cleaned)
        elif not cleaned.get("town"):
            raise PartError("town", _now("Write the town."))
        ordered = {name: cleaned[name] for name in (*LINES[:4], "insee", "country") if cleaned.get(name)}
        return ordered | (located(ordered) if self.locates else {})


def _french(address: Mapping[str, Any]) -> dict[str, str]:
    """Postcode, town and INSEE code; a town that nobody knows is kept as it was typed."""
    postcode = "".join(ascii_digits(address["postcode"]).split())
    if not re.fullmatch(r"[0-9]{5}", postcode):
        raise PartError("postcode", _now("Write the five digits of the postcode, for instance 49000."))
    known, typed = towns_at(postcode), address.get("town", "")
    town = town_at(postcode, typed) if typed else known[0] if len(known) == 1 else None
    if town is None and not typed:
        names = ", ".join(other.name for other in known[:40])
        message = _now("Choose the town: %(towns)s.") % {"towns": names} if known else _now("Write the town.")
        raise PartError("town", message)
    return {"postcode": postcode, **({"town": town.name, "insee": town.insee} if town else {"town": typed})}
