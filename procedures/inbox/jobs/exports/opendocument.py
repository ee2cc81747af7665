"""ODS, row after row into the archive: libraries for it build the whole document in memory first.

OpenDocument 1.3, the least that LibreOffice and Excel open: a manifest, styles for days and moments, one sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.utils.translation import gettext as _

from procedures.inbox.jobs.exports.cells import fitting
from procedures.inbox.jobs.exports.columns import Kind
from procedures.inbox.jobs.exports.table import Table

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"),
    )
)
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""
DAY = '<number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>\
<number:text>-</number:text><number:day number:style="long"/>'
TIME = '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>\
<number:minutes number:style="long"/>'
HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content {NAMES} office:version="1.3"><office:automatic-styles>
<number:date-style style:name="day-format">{DAY}</number:date-style>
<number:date-style style:name="moment-format">{DAY}{TIME}</number:date-style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="day-format"/>
<style:style style:name="moment" style:family="table-cell" style:data-style-name="moment-format"/>
<style:style style:name="heading" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet>"""
TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
EMPTY = "<table:table-cell/>"


def write_ods(table: Table, path: Path, advance: Callable[[int], None]) -> int:
    """Write the file; ``advance`` is told of each chunk. Return how many cells were too long."""
    cut, kinds = 0, [column.kind for column in table.columns]
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", MEDIA_TYPE, ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        with archive.open("content.xml", "w", force_zip64=True) as content:
            name = quoteattr(_("Requests"))
            content.write(f"{HEAD}<table:table table:name={name}>".encode())
            heading = "".join(_text(column.label, "heading")[0] for column in table.columns)
            content.write(f"<table:table-row>{heading}</table:table-row>".encode())
            for rows in table.chunks():
                lines = []
                for row in rows:
                    cells = [_cell(kind, value) for kind, value in zip(kinds, row, strict=True)]
                    cut += sum(was_cut for _xml, was_cut in cells)
                    lines.append(f"<table:table-row>{''.join(xml for xml, _cut in cells)}</table:table-row>")
                content.write("".join(lines).encode())
                advance(len(rows))
            content.write(TAIL.encode())
    return cut


def _cell(kind: Kind, value: Any) -> tuple[str, bool]:
    """The cell as XML, and whether it was cut."""
    if value == "":
        return EMPTY, False
    if kind is Kind.DAY or kind is Kind.MOMENT:
        iso = value.replace(" ", "T") + (":00" if kind is Kind.MOMENT else "")
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{iso}" table:style-name="{kind.value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        ), False
    if isinstance(value, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p>'
            "</table:table-cell>"
        ), False
    return _text(str(value))


def _text(value: str, style: str = "") -> tuple[str, bool]:
    text, was_cut = fitting(value)
    paragraphs = "</text:p><text:p>".join(escape(text).splitlines()) or ""
    named = f' table:style-name="{style}"' if style else ""
    return (
        f'<table:table-cell office:value-type="string"{named}><text:p>{paragraphs}</text:p></table:table-cell>'
    ), was_cut
