"""Tell what a file is from its first bytes, not from what its sender says."""

from __future__ import annotations

import zipfile
from typing import IO

import puremagic

from procedures.uploads import media_types
from procedures.uploads.media_types import MediaType

HEAD_BYTES = 16 * 1024
MAX_MEMBERS = 10_000
"""A document of an office suite has some dozens of members; more is a trap."""

HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
BY_MAGIC = {
    "image/jpeg": media_types.JPEG,
    "image/png": media_types.PNG,
    "image/webp": media_types.WEBP,
}
OPEN_DOCUMENTS = {kind.name.encode(): kind for kind in (media_types.ODT, media_types.ODS)}


def sniff(stream: IO[bytes]) -> MediaType | None:
    """Tell the kind of ``stream``, or None when the city accepts no such kind.

    The stream is left where it was found.
    """
    position = stream.tell()
    try:
        stream.seek(0)
        head = stream.read(HEAD_BYTES)
        if head.startswith(b"PK\x03\x04"):
            return _office_document(stream)
        return _binary(head) or _text(head)
    finally:
        stream.seek(position)


def _binary(head: bytes) -> MediaType | None:
    if head.startswith(b"%PDF-"):
        return media_types.PDF
    if head[4:8] == b"ftyp":
        return media_types.HEIC if head[8:12] in HEIC_BRANDS else None
    try:
        guesses = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    found = next((BY_MAGIC[guess.mime_type] for guess in guesses if guess.mime_type in BY_MAGIC), None)
    best = guesses[0].mime_type if guesses else ""
    return found if best.startswith("image/") else None


def _text(head: bytes) -> MediaType | None:
    """Plain text: no control character, and nothing that a browser might take for markup."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" or head.startswith((b"#!", b"%!", b"MZ")):
        return None
    if any((byte < 32 and byte not in b"\t\n\r\f") or byte == 127 for byte in head):
        return None
    return media_types.TEXT if head else None


def _office_document(stream: IO[bytes]) -> MediaType | None:
    """Read the list of members alone: nothing is unpacked but 100 bytes of a type."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = {member.filename for member in archive.infolist()[: MAX_MEMBERS + 1]}
            if len(names) > MAX_MEMBERS or any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                return OPEN_DOCUMENTS.get(archive.read("mimetype").strip())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return None
    if "[Content_Types].xml" in names:
        if "word/document.xml" in names:
            return media_types.DOCX
        if "xl/workbook.xml" in names:
            return media_types.XLSX
    return None
