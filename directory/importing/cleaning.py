"""What is kept of a row: a field that makes no sense is left out, the place stays."""

from __future__ import annotations

import re
from math import isnan
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory.importing.rows import PlaceRow
from directory.models.places import Place

BARE_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?")
OPTIONAL = ("phone", "email", "website", "street", "postcode", "town", "latitude", "longitude")
UNUSABLE = object()
FIELDS = {field.name: field for field in Place._meta.fields}


def clean(row: PlaceRow) -> tuple[dict[str, Any], list[str]]:
    """The values to set on the place, and a remark for each one left out.

    Blanks are left out silently: they never erase what the place has.
    """
    values: dict[str, Any] = {"name": row.name, "source_digest": row.digest}
    remarks = list(row.remarks)
    for name, raw in row.values.items():
        value = " ".join(raw.split()) if isinstance(raw, str) else raw
        if name == "website":
            value = _website(value)
        if value in ("", None, {}):
            continue
        if name not in OPTIONAL:
            values[name] = value
            continue
        try:
            kept = FIELDS[name].clean(value, None)
        except ValidationError:
            kept = UNUSABLE
        if kept is not UNUSABLE and not (isinstance(kept, float) and isnan(kept)):
            values[name] = kept
        else:
            remarks.append(_("%(field)s left out: %(value)s") % {"field": name, "value": str(raw)[:80]})
    # Half a position is none.
    if ("latitude" in values) != ("longitude" in values):
        values.pop("latitude", None)
        values.pop("longitude", None)
    return values, remarks


def _website(text: str) -> str:
    """Add the scheme that many sources leave out."""
    return f"http://{text}" if BARE_HOST.fullmatch(text) else text
