"""Where a request is, from the answers that say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from directory.models import District


@dataclass(frozen=True)
class Position:
    """A point (degrees, WGS 84) and a district; what is not known is None."""

    latitude: float | None = None
    longitude: float | None = None
    district_id: int | None = None


def position_in(kept: Iterable[Any]) -> Position:
    """The first point and the first district that kept answers name (``lat`` and ``lon``, ``district``)."""
    point: tuple[float | None, float | None] = (None, None)
    district = ""
    for value in kept:
        if not isinstance(value, dict):
            continue
        if point[0] is None and isinstance(value.get("lat"), float) and isinstance(value.get("lon"), float):
            point = value["lat"], value["lon"]
        district = district or str(value.get("district") or "")
    found = District.objects.filter(slug=district).values_list("pk", flat=True).first() if district else None
    return Position(*point, found)
