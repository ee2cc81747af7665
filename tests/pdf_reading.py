"""What a PDF says, read back: its text, its tags, its links."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pdfua
import pikepdf
import pytest

from cms.formats.pdf import is_available

needs_pango = pytest.mark.skipif(not is_available(), reason="scripts/environment.py installs what draws PDFs")


class Reading:
    """A PDF as a screen reader meets it: the tree of tags, and the text under each."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self.document = pikepdf.open(BytesIO(pdf))
        self._drawn = {page.obj.objgen: drawn_by_mark(page) for page in self.document.pages}

    @property
    def faults(self) -> list[str]:
        """What a checker of PDF/UA-1 finds wrong."""
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(self._pdf)
            file.flush()
            return [str(one) for one in pdfua.validate(file.name).findings]

    @property
    def title(self) -> str:
        return str(self.document.docinfo["/Title"])

    @property
    def language(self) -> str:
        return str(self.document.Root.Lang)

    def elements(self, *kinds: str) -> list[Any]:
        """The elements with one of these tags (all without any), in reading order."""
        return [one for one in walk(self.document.Root.StructTreeRoot) if not kinds or str(one.S)[1:] in kinds]

    def text(self, *kinds: str) -> list[str]:
        """The words under each element of these tags."""
        return [" ".join("".join(self._pieces(one)).split()) for one in self.elements(*kinds)]

    @property
    def all_text(self) -> str:
        """Everything that is read aloud."""
        return "\n".join(self.text("H1", "H2", "H3", "P", "TH", "TD", "LI"))

    def links(self) -> list[Any]:
        """The annotations of all pages."""
        return [one for page in self.document.pages for one in page.get("/Annots", [])]

    def _pieces(self, element: Any) -> Iterator[str]:
        for kid in kids(element):
            if isinstance(kid, int):
                yield self._drawn[element.Pg.objgen].get(kid, "")
            elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from self._pieces(kid)


def kids(element: Any) -> list[Any]:
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def walk(element: Any) -> Iterator[Any]:
    for kid in kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from walk(kid)


def drawn_by_mark(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked piece of a page, through the fonts' own tables of characters."""
    tables = {name: unicode_table(font) for name, font in page.resources.get("/Font", {}).items()}
    texts: dict[int, str] = {}
    table: dict[int, str] = {}
    mark = None
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC":
            mark = int(operands[1].MCID)
        elif str(operator) in {"EMC", "BMC"}:
            mark = None
        elif str(operator) == "Tf":
            table = tables[str(operands[0])]
        elif str(operator) == "TJ" and mark is not None:
            for piece in operands[0]:
                if isinstance(piece, pikepdf.String):
                    codes = bytes(piece)
                    texts[mark] = texts.get(mark, "") + "".join(
                        table.get(int.from_bytes(codes[i : i + 2]), "\ufffd") for i in range(0, len(codes), 2)
                    )
    return texts


def unicode_table(font: Any) -> dict[int, str]:
    pairs = re.findall(r"^<(\w+)> ?<(\w*)>$", font.ToUnicode.read_bytes().decode(), re.MULTILINE)
    return {int(code, 16): bytes.fromhex(words).decode("utf-16-be") for code, words in pairs}
