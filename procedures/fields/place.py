"""A place: an address or a landmark in words, a point on the map, or both. The map is never needed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from directory.territory.districts import district_at, district_name
from procedures.fields.address import compared_district
from procedures.fields.digits import ascii_digits
from procedures.fields.parts import LONGEST, NeededLine, PartError, PartsField
from procedures.plugins import FieldType, Kept, Question, is_empty

POINT = re.compile(r"([+-]?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)")
WITH_COMMAS = re.compile(r"([+-]?\d{1,3},\d+)\s*[;\s]\s*([+-]?\d{1,3},\d+)")
PLACES = 6
"""Decimals of a degree: a hand's breadth."""


class Place(FieldType):
    """Kept: ``text``, ``lat`` and ``lon`` (degrees, WGS 84), ``district``; those that are known."""

    slug = "place"
    label = _("Place")
    icon = "site"
    palette = "place"
    doc = _("Where something is: a street, a landmark, a point on the map. For reports.")
    examples = [
        (
            {"where": " Devant le 12 rue des Lilas", "point": "47.4712, -0.5518"},
            {"text": "Devant le 12 rue des Lilas", "lat": 47.4712, "lon": -0.5518},
        ),
        ({"where": "Parc du Nord, près du kiosque", "point": ""}, {"text": "Parc du Nord, près du kiosque"}),
        ({"where": "", "point": "47,4712 ; -0,5518"}, {"lat": 47.4712, "lon": -0.5518}),
        ("Parc du Nord", {"text": "Parc du Nord"}),
        ({"where": " ", "point": ""}, None),
        ("", None),
    ]
    operators = ("in_district", "is_answered", "is_empty")

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Whether its district matters."""
        return {
            "locates": blocks.BooleanBlock(
                required=False,
                label=_("Find its district"),
                help_text=_("From the districts of the directory: conditions and routing can look at it."),
            )
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Yes or no."""
        return {"locates": bool(value["locates"])}

    def form_field(self, question: Question) -> forms.Field:
        """A line of words; a line for the point, which scripts fill in from the map or from where one stands."""
        where = NeededLine(
            label=_("Address or landmark"),
            help_text=_("For instance: in front of 12 rue des Lilas; Parc du Nord, near the bandstand."),
            max_length=LONGEST,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        point = PointField(
            label=_("Coordinates, if you have them"),
            help_text=_("Latitude, then longitude, for instance 47.4712, -0.5518."),
            required=False,
            max_length=60,
            widget=PointInput,
        )
        return PlaceField(
            {"where": where, "point": point},
            locates=bool(question.options.get("locates")),
            label=question.label,
            help_text=question.help,
            required=question.required,
            error_messages={"required": _("Say where it is: an address or a landmark.")},
        )

    def restore(self, kept: Kept) -> Any:
        """As it would be typed."""
        place = kept if isinstance(kept, dict) else {}
        return {"where": place.get("text", ""), "point": _point(place)}

    def display(self, kept: Kept, question: Question) -> str:
        """In words, then the coordinates; a bare slug is a condition's district."""
        if isinstance(kept, str) and kept:
            return district_name(kept)
        if is_empty(kept) or not isinstance(kept, dict):
            return ""
        return " – ".join(filter(None, (kept.get("text"), _point(kept))))

    def export(self, kept: Kept, question: Question) -> dict[str, Any]:
        """A column each."""
        place = kept if isinstance(kept, dict) else {}
        return {name: place.get(name, "") for name in ("text", "lat", "lon", "district")}

    def searchable(self, kept: Kept) -> str:
        """The words, and the district's name."""
        place = kept if isinstance(kept, dict) else {}
        district = district_name(place["district"]) if place.get("district") else ""
        return f"{place.get('text', '')} {district}".strip()

    def compared(self, typed: str, question: Question) -> Kept:
        """A condition names a district."""
        return compared_district(typed)


class PointInput(forms.TextInput):
    """A line; with JavaScript a button for where one stands, and a map if the city has tiles (static/js/place.js)."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        words = {
            "data-here": _("Use my position"),
            "data-lost": _("Your position could not be read. Write where it is."),
            "data-set": _("Point set: {point}."),
            "data-centre-words": _("Put the point at the centre of the map"),
            "data-map": _("Map. Arrow keys move it, + and - change the scale, Enter puts the point at its centre."),
            "data-tiles": settings.TILES_URL,
            "data-attribution": settings.TILES_ATTRIBUTION,
            "data-view": settings.MAP_VIEW,
        }
        super().__init__({"data-point": "", "autocomplete": "off", "dir": "ltr", **words, **(attrs or {})})

    @property
    def media(self) -> forms.Media:
        """The map only where there are tiles: nobody loads it for nothing."""
        script: Any = Script("js/place.js", type="module")
        if not settings.TILES_URL:
            return forms.Media(js=[script])
        leaflet: Any = Script("vendor/leaflet/leaflet.js", defer=True)
        return forms.Media(css={"all": ["vendor/leaflet/leaflet.css"]}, js=[leaflet, script])


class PointField(forms.CharField):
    """Cleans to latitude and longitude; None for none."""

    def clean(self, value: Any) -> Any:
        """Raises ValidationError for what is no point on Earth."""
        typed = ascii_digits(super().clean(value))
        if not typed:
            return None
        found = POINT.fullmatch(typed) or WITH_COMMAS.fullmatch(typed)
        if not found:
            raise ValidationError(_("Write the latitude, then the longitude, for instance 47.4712, -0.5518."))
        lat, lon = (round(float(part.replace(",", ".")), PLACES) for part in found.groups())
        if abs(lat) > 90 or abs(lon) > 180:
            raise ValidationError(_("These coordinates are not on Earth: the latitude comes first."))
        return lat, lon


class PlaceField(PartsField):
    """Cleans to what is kept."""

    def __init__(self, parts: Mapping[str, forms.Field], *, locates: bool, **kwargs: Any) -> None:
        super().__init__(parts, **kwargs)
        self.locates = locates

    def split(self, value: Any) -> Mapping[str, Any]:
        """A place in one text is words."""
        return {"where": value, "point": ""} if value and isinstance(value, str) else super().split(value)

    def together(self, cleaned: dict[str, Any]) -> dict[str, Any] | None:
        """Words, point, and their district. Raises PartError when there is neither."""
        if not cleaned:
            raise PartError("where", _now("Say where it is: an address or a landmark."))
        lat, lon = cleaned.get("point") or (None, None)
        text = cleaned.get("where", "")
        kept = {"text": text, "lat": lat, "lon": lon}
        if self.locates:
            kept["district"] = district_at(lat, lon, text)
        return {name: said for name, said in kept.items() if said not in (None, "")}


def _point(place: Mapping[str, Any]) -> str:
    return f"{place['lat']}, {place['lon']}" if "lat" in place and "lon" in place else ""
