"""Small real files of each kind, made on the spot."""

import io
import zipfile

from PIL import Image


def archive(*members: tuple[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, content in members:
            file.writestr(name, content)
    return stream.getvalue()


def picture(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4), "teal").save(stream, kind)
    return stream.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
FILES: dict[str, bytes] = {
    "acte.pdf": PDF,
    "photo.jpg": picture("JPEG"),
    "photo.JPEG": picture("JPEG"),
    "scan.png": picture("PNG"),
    "scan.webp": picture("WEBP"),
    "photo.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64,
    "lettre.docx": archive(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>")),
    "tableau.xlsx": archive(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<w/>")),
    "lettre.odt": archive(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<o/>")),
    "tableau.ods": archive(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<o/>")),
    "lettre.txt": "Bonjour à tous,\r\nvoilà.\n".encode(),
    "latin.txt": "Bonjour à tous".encode("latin-1"),
}
REFUSED: dict[str, bytes] = {
    "programme.pdf": b"MZ\x90\0" + b"\0" * 200,
    "linux.pdf": b"\x7fELF" + b"\0" * 200,
    "page.txt": b"<!doctype html><script>alert(1)</script>",
    "dessin.txt": b"  <svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
    "animation.gif": picture("GIF"),
    "archive.docx": archive(("un.txt", "un")),
    "macro.docx": archive(("[Content_Types].xml", "<T/>"), ("word/document.xml", "<w/>"), ("word/vbaProject.bin", "x")),
    "casse.docx": b"PK\x03\x04" + b"\0" * 30,
    "script.txt": b"#!/bin/sh\nrm -rf /\n",
    "film.heic": b"\0\0\0\x18ftypisom\0\0\0\0mp41isom" + b"\0" * 64,
    "nul.txt": b"a\0b",
}
