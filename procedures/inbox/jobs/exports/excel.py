"""XLSX, row after row: what is written is on disk, not in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from procedures.inbox.jobs.exports.cells import fitting
from procedures.inbox.jobs.exports.columns import Kind
from procedures.inbox.jobs.exports.table import Table

WIDTHS = {Kind.TEXT: 22, Kind.NUMBER: 10, Kind.DAY: 12, Kind.MOMENT: 17}
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_xlsx(table: Table, path: Path, advance: Callable[[int], None]) -> int:
    """Write the file; ``advance`` is told of each chunk. Return how many cells were too long."""
    book = Workbook(
        str(path),
        {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    with book:
        sheet = book.add_worksheet(_("Requests"))
        day, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(table.ids), len(table.columns) - 1)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, WIDTHS[column.kind])
        sheet.write_row(0, 0, [column.label for column in table.columns], book.add_format({"bold": True}))
        line, cut = 0, 0
        kinds = [column.kind for column in table.columns]
        for rows in table.chunks():
            for row in rows:
                line += 1
                for place, (kind, value) in enumerate(zip(kinds, row, strict=True)):
                    cut += _write(sheet, line, place, kind, value, day, moment)
            advance(len(rows))
    return cut


def _write(sheet: Any, line: int, place: int, kind: Kind, value: Any, day: Any, moment: Any) -> bool:
    """Write a cell; tell whether it was cut."""
    if value == "":
        return False
    if kind is Kind.DAY:
        sheet.write_datetime(line, place, date.fromisoformat(value), day)
    elif kind is Kind.MOMENT:
        sheet.write_datetime(line, place, datetime.fromisoformat(value), moment)
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value)
    else:
        text, was_cut = fitting(str(value))
        sheet.write_string(line, place, text)
        return was_cut
    return False
