"""Public venues of Acceslibre, as a Django fixture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.importing.json_array import items_of
from directory.importing.rows import BadRow, PlaceFormat, PlaceRow, Progress
from directory.models.places import Place

MODEL = "erp.erp"
POINT = re.compile(r"(?:SRID=(?P<srid>\d+);)?\s*POINT\s*\(\s*(?P<lon>\S+)\s+(?P<lat>\S+)\s*\)", re.I)
WGS_84 = "4326"


class Acceslibre(PlaceFormat):
    """``erp.json`` and its like: objects of the model ``erp.erp``; others are passed over."""

    slug = "acceslibre"
    label = gettext_lazy("Public venues of Acceslibre (Django fixture, JSON)")

    def read(self, path: Path, progress: Progress) -> Iterator[PlaceRow | BadRow]:
        """Read the objects one by one."""
        for number, item in enumerate(items_of(path, progress), start=1):
            if not isinstance(item, dict) or not isinstance(item.get("fields"), dict):
                yield BadRow(number, _("not an object with “fields”"))
            elif item.get("model") == MODEL:
                yield _row(number, item)


def _row(number: int, item: dict[str, Any]) -> PlaceRow | BadRow:
    fields = {name: _text(value) for name, value in item["fields"].items()}
    identifier = _text(item.get("pk") or fields.get("uuid"))
    street = " ".join(part for part in (fields.get("numero"), fields.get("voie")) if part)
    values: dict[str, Any] = {
        "kind": Place.Kind.OTHER,
        "street": street or fields.get("lieu_dit", ""),
        "postcode": fields.get("code_postal", ""),
        "town": fields.get("commune", ""),
        "phone": fields.get("telephone", ""),
        "email": fields.get("contact_email", ""),
        "website": fields.get("site_internet", ""),
    }
    remarks: tuple[str, ...] = ()
    if fields.get("geom"):
        point = POINT.fullmatch(fields["geom"])
        if point and point["srid"] in (None, WGS_84):
            values |= {"longitude": point["lon"], "latitude": point["lat"]}
        else:
            remarks = (_("position left out: %(value)s") % {"value": fields["geom"][:60]},)
    return PlaceRow(number, identifier, fields.get("nom", ""), values, fields.get("code_insee", ""), remarks)


def _text(value: Any) -> str:
    """A field as text; what is nested is not text."""
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()
