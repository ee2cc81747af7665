"""What is found out about an address or a point: its coordinates, its district."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from directory.territory.districts import district_at
from directory.territory.geocoding import position_of


def located(address: Mapping[str, Any]) -> dict[str, Any]:
    """``lat``, ``lon`` (degrees, WGS 84) and ``district`` (a slug) of an address, those that are known."""
    street, postcode, town = (str(address.get(name, "")) for name in ("street", "postcode", "town"))
    position = position_of(street, postcode, town)
    if position and address.get("insee") and position.insee and not _same_town(position.insee, address["insee"]):
        position = None  # the service found another town's street
    found: dict[str, Any] = {"lat": position.lat, "lon": position.lon} if position else {}
    district = district_at(found.get("lat"), found.get("lon"), street)
    return found | ({"district": district} if district else {})


def _same_town(found: str, wanted: str) -> bool:
    """Paris, Lyon and Marseille: the service answers with the code of the arrondissement."""
    cities = {"75056": "751", "69123": "6938", "13055": "132"}
    return found == wanted or found.startswith(cities.get(wanted, wanted))
