"""Town halls of the State's directory (DILA), as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.hours import HolidayRule, dila
from directory.hours.stored import to_json
from directory.importing.files import is_text, opened, report_position
from directory.importing.rows import BadRow, PlaceFormat, PlaceRow, Progress, UnusableFile
from directory.models.places import Place

HEADER = "id,code_insee,nom,adresse,cp,commune,lat,lon,accessibilite,tel,email,url,ouverture"
COLUMNS = frozenset(HEADER.split(","))


class Dila(PlaceFormat):
    """``mairies-2022-01.csv.gz`` and its like."""

    slug = "dila"
    label = gettext_lazy("Town halls of the State's directory (DILA, CSV)")
    always_says_commune = True

    def read(self, path: Path, progress: Progress) -> Iterator[PlaceRow | BadRow]:
        """Read the rows; a row of the wrong width or with strange bytes is a bad row."""
        with opened(path) as (text, raw):
            first = text.readline()
            text.seek(0)
            lines = csv.reader(text, delimiter=";" if first.count(";") > first.count(",") else ",")
            header = [name.strip().lower() for name in next(lines, [])]
            missing = sorted(COLUMNS.difference(header))
            if missing:
                raise UnusableFile(f"{path}: columns missing: {', '.join(missing)}.")
            number = 0
            while True:
                number += 1
                report_position(raw, progress)
                try:
                    cells = next(lines)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield BadRow(number, _("not a CSV row: %(error)s") % {"error": error})
                    continue
                if cells:
                    yield _row(number, header, cells)


def _row(number: int, header: list[str], cells: list[str]) -> PlaceRow | BadRow:
    if len(cells) != len(header):
        names = {"found": len(cells), "expected": len(header)}
        return BadRow(number, _("%(found)s columns instead of %(expected)s") % names, cells[0][:60])
    if not all(map(is_text, cells)):
        return BadRow(number, _("characters that are not UTF-8 text"))
    if [cell.strip().lower() for cell in cells] == header:
        return BadRow(number, _("the header again"))
    row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    values: dict[str, Any] = {
        "kind": Place.Kind.TOWN_HALL,
        "street": " / ".join(part.strip() for part in row["adresse"].split("/") if part.strip()),
        "postcode": row["cp"],
        "town": row["commune"],
        "latitude": row["lat"],
        "longitude": row["lon"],
        "accessibility": row["accessibilite"],
        "phone": row["tel"],
        "email": row["email"],
        "website": row["url"],
        # The directory does not say what happens on public holidays.
        "on_public_holidays": HolidayRule.UNKNOWN.value,
    }
    remarks: tuple[str, ...] = ()
    try:
        values["weekly_hours"] = to_json(dila.parse(row["ouverture"]))
    except dila.Unreadable as error:
        remarks = (str(error),)
    return PlaceRow(number, row["id"], row["nom"], values, row["code_insee"], remarks)
