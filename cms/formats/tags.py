"""What WeasyPrint leaves out of a PDF for readers that speak, put in (ISO 14289-1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

PRINT = 4  # flag of an annotation, third bit
UNSAID = re.compile(rb"^(<\w+>) ?<>", re.MULTILINE)
JOINER = rb"\1 <200d>"  # says nothing, and no search stumbles over it
MARK = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")


def mend(pdf: bytes, language: str) -> bytes:
    """Add the scope of header cells, the Print flag and the words of links, and the nature of running feet."""
    with pikepdf.open(BytesIO(pdf)) as document:
        document.Root.Lang = pikepdf.String(language)
        read: dict[tuple[int, int], set[int]] = {}
        for element, inside in _elements(document.Root.StructTreeRoot, ""):
            kind = str(element.get("/S", ""))
            if kind == "/TH":
                _tell_scope(element, inside)
            for number in _marks(element):
                read.setdefault(element.Pg.objgen, set()).add(number)
        for page in document.pages:
            for annotation in page.get("/Annots", []):
                annotation.F = int(annotation.get("/F", 0)) | PRINT
                if "/Contents" not in annotation and "/A" in annotation and "/URI" in annotation.A:
                    annotation.Contents = annotation.A.URI
            _set_aside(document, page, read.get(page.obj.objgen, set()))
        for font in document.objects:
            if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font:
                _name_glyphs(font.ToUnicode)
        out = BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _elements(element: Any, inside: str) -> Iterator[tuple[Any, str]]:
    """Every element of the tree, with the part of the table it is in."""
    waiting = [(element, inside)]
    while waiting:
        element, inside = waiting.pop()
        kind = str(element.get("/S", ""))
        if kind:
            yield element, inside
        part = kind if kind in {"/THead", "/TBody", "/TFoot"} else inside
        waiting += [(kid, part) for kid in _kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _marks(element: Any) -> Iterator[int]:
    """Numbers of the drawn pieces that the element says."""
    return (int(kid) for kid in _kids(element) if isinstance(kid, int))


def _tell_scope(cell: Any, inside: str) -> None:
    attributes = cell.get("/A", pikepdf.Dictionary(O=pikepdf.Name.Table))
    attributes.Scope = pikepdf.Name.Column if inside == "/THead" else pikepdf.Name.Row
    cell.A = attributes


def _set_aside(document: pikepdf.Pdf, page: pikepdf.Page, read: set[int]) -> None:
    """Mark as an artifact what no element says: the foot that every page repeats."""
    content = page.Contents.read_bytes()
    said = MARK.sub(lambda mark: mark[0] if int(mark[1]) in read else b"/Artifact BMC", content)
    if said != content:
        page.Contents = document.make_stream(said)


def _name_glyphs(table: Any) -> None:
    """Give a character to the glyphs that have none: of a letter drawn in pieces, one piece says it all."""
    written = table.read_bytes()
    named = UNSAID.sub(JOINER, written)
    if named != written:
        table.write(named)
