"""CSV as French spreadsheets open it: semicolons, UTF-8 with its mark, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Iterator
from io import StringIO
from typing import Any

from procedures.inbox.jobs.exports.columns import Kind
from procedures.inbox.jobs.exports.table import Table

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


def harmless(value: Any) -> Any:
    """A cell of text that is read as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value


def csv_chunks(table: Table) -> Iterator[bytes]:
    """The file as it is written: headings at once, then some rows at a time."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(column.label) for column in table.columns])
    yield BOM_UTF8 + _taken(buffer)
    texts = [place for place, column in enumerate(table.columns) if column.kind is Kind.TEXT]
    for rows in table.chunks():
        for row in rows:
            for place in texts:
                if row[place] and (value := row[place])[0] in RISKY:
                    row[place] = f"'{value}"
        writer.writerows(rows)
        yield _taken(buffer)


def _taken(buffer: StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()
