"""Which district an address or a point belongs to."""

from __future__ import annotations

import re
from typing import NamedTuple

from cms.pages import site
from directory.models.districts import District
from directory.territory.shapes import Polygon, is_inside
from directory.territory.towns import folded

NUMBER = re.compile(r"^\W*\d+\s*(?:(?:bis|ter|quater|[a-d])\b)?[\s,]*", re.IGNORECASE)


class Outlined(NamedTuple):
    """A district ready for many questions."""

    slug: str
    name: str
    polygons: list[Polygon]
    streets: frozenset[str]


def districts() -> tuple[Outlined, ...]:
    """All districts by name; read once per change of the site."""

    def build() -> tuple[Outlined, ...]:
        return tuple(
            Outlined(row.slug, row.name, row.polygons(), frozenset(row.street_names)) for row in District.objects.all()
        )

    return site.shared("directory-districts", build)


def district_at(lat: float | None, lon: float | None, street: str = "") -> str:
    """The slug of the district of a position (degrees, WGS 84), else of a street with or without its number; or ""."""
    known = districts()
    if lat is not None and lon is not None:
        found = next((district.slug for district in known if is_inside(lon, lat, district.polygons)), "")
        if found:
            return found
    name = folded(NUMBER.sub("", street))
    return next((district.slug for district in known if name and name in district.streets), "")


def district_name(slug: str) -> str:
    """The name of a district; its slug when it is gone."""
    return next((district.name for district in districts() if district.slug == slug), slug)


def district_called(text: str) -> str:
    """The slug of the district that is written so, by name or by slug; "" for none."""
    wanted = folded(text)
    return next((row.slug for row in districts() if text == row.slug or wanted == folded(row.name)), "")
