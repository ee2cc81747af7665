"""Points and polygons (GeoJSON, RFC 7946), without a geographical database."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

Ring = list[tuple[float, float]]
"""Longitude and latitude of each corner."""
Polygon = list[Ring]
"""Its border, then its holes."""
MOST_CORNERS = 20_000


def polygons_of(geojson: Any) -> list[Polygon]:
    """The polygons of a geometry, a feature or a collection.

    Raises:
        ValueError: it holds none, or something else; in words.
    """
    found = [[_ring(ring) for ring in polygon] for polygon in _rings(geojson)]
    if not found or not all(found):
        raise ValueError(_("There is no polygon in it."))
    if sum(len(ring) for polygon in found for ring in polygon) > MOST_CORNERS:
        raise ValueError(_("This outline has too many corners: simplify it."))
    return found


def _rings(geojson: Any) -> Iterator[Any]:
    kind = geojson.get("type") if isinstance(geojson, dict) else None
    if kind == "FeatureCollection":
        for feature in geojson.get("features") or ():
            yield from _rings(feature)
    elif kind == "Feature":
        yield from _rings(geojson.get("geometry"))
    elif kind == "Polygon":
        yield geojson.get("coordinates") or ()
    elif kind == "MultiPolygon":
        yield from geojson.get("coordinates") or ()
    else:
        raise ValueError(_("Paste GeoJSON: a Polygon, a MultiPolygon or a collection of them."))


def _ring(ring: Any) -> Ring:
    try:
        corners = [(float(lon), float(lat)) for lon, lat, *_height in ring]
    except (TypeError, ValueError) as error:
        raise ValueError(_("A corner of the outline is no pair of numbers.")) from error
    if len(corners) < 4 or corners[0] != corners[-1]:
        raise ValueError(_("The outline is not closed: its last corner must be its first."))
    if not all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in corners):
        raise ValueError(_("A corner is not on Earth: write longitude, then latitude, in degrees."))
    return corners


def is_inside(lon: float, lat: float, polygons: list[Polygon]) -> bool:
    """Whether a point is within a polygon and in none of its holes."""
    return any(
        _within(lon, lat, border) and not any(_within(lon, lat, hole) for hole in holes) for border, *holes in polygons
    )


def _within(lon: float, lat: float, ring: Ring) -> bool:
    """Count the sides that a line from the point to the east crosses: odd is inside."""
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
