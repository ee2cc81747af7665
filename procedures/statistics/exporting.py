"""A table of figures as a file: CSV that a spreadsheet opens, XLSX, ODS."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

import odswriter
import xlsxwriter
from django.http import HttpResponse
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from procedures.inbox.jobs.exports.delimited import harmless
from procedures.statistics.boards import Board, Table

Rows = Iterable[Sequence[Any]]
BYTE_ORDER_MARK = "\ufeff"


def rows_of(table: Table) -> list[list[Any]]:
    """Header and lines: names as text, figures as numbers, what is kept back as it is said."""
    header = [table.first]
    for place, statistic in enumerate(table.columns):
        units = {line.cells[place].unit for line in table.lines} - {""}
        header.append(f"{statistic.label} ({', '.join(sorted(units))})" if units else force_str(statistic.label))
    lines = [[line.name, *(_cell(shown.value, shown.text) for shown in line.cells)] for line in table.lines]
    return [header, *lines]


def rows_of_headlines(board: Board) -> list[list[Any]]:
    """The figures of the period, with what each counts."""
    header = [_("Figure"), _("Unit"), _("Value"), _("Before"), _("What it counts")]
    return [
        header,
        *(
            [
                force_str(line.statistic.label),
                line.now.unit,
                _cell(line.now.value, line.now.text),
                _cell(line.before.value, line.before.text) if line.before else "",
                force_str(line.statistic.definition),
            ]
            for line in board.headlines
        ),
    ]


def _cell(value: float | None, text: str) -> Any:
    return text if value is None else int(value) if value == int(value) else value


def as_csv(rows: Rows) -> bytes:
    """Semicolons and a byte order mark: what French spreadsheets open without a question."""
    written = StringIO()
    csv.writer(written, delimiter=";").writerows([harmless(cell) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def as_xlsx(rows: Rows) -> bytes:
    """A workbook of one sheet; text is never taken for a formula."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row, None if number else bold)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 30, 16)
        sheet.freeze_panes(1, 1)
    return file.getvalue()


def as_ods(rows: Rows) -> bytes:
    """A spreadsheet of one sheet."""
    file = BytesIO()
    with odswriter.writer(file) as document:
        document.writerows(rows)
    return file.getvalue()


FORMATS: Mapping[str, tuple[str, Callable[[Rows], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", as_ods),
}


def download(rows: Rows, name: str, extension: str) -> HttpResponse:
    """The rows as a file of that format, to be saved."""
    media_type, write = FORMATS[extension]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{extension}"'}
    return HttpResponse(write(rows), content_type=media_type, headers=headers)
