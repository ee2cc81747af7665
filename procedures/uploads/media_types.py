"""The kinds of files that the city accepts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MediaType:
    """A kind of file: its name in HTTP, and the endings its names may have."""

    name: str
    """As in ``Content-Type``, for instance ``application/pdf``."""
    label: str
    """As people call it; a proper noun, never translated."""
    extensions: tuple[str, ...]
    """Lower case, with the dot; the first is the usual one."""


PDF = MediaType("application/pdf", "PDF", (".pdf",))
JPEG = MediaType("image/jpeg", "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"))
PNG = MediaType("image/png", "PNG", (".png",))
WEBP = MediaType("image/webp", "WebP", (".webp",))
HEIC = MediaType("image/heic", "HEIC", (".heic", ".heif"))
ODT = MediaType("application/vnd.oasis.opendocument.text", "ODT", (".odt",))
ODS = MediaType("application/vnd.oasis.opendocument.spreadsheet", "ODS", (".ods",))
DOCX = MediaType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX", (".docx",))
XLSX = MediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX", (".xlsx",))
TEXT = MediaType("text/plain", "TXT", (".txt", ".text"))

ACCEPTED: tuple[MediaType, ...] = (PDF, JPEG, PNG, WEBP, HEIC, ODT, ODS, DOCX, XLSX, TEXT)
IMAGES: tuple[MediaType, ...] = (JPEG, PNG, WEBP, HEIC)


def labels(accepted: tuple[MediaType, ...] = ACCEPTED) -> str:
    """The kinds in one line, for a help text: “PDF, JPEG, PNG”."""
    return ", ".join(kind.label for kind in accepted)


def accept_attribute(accepted: tuple[MediaType, ...] = ACCEPTED) -> str:
    """The value of ``accept`` of an ``<input type="file">``."""
    return ",".join(extension for kind in accepted for extension in kind.extensions)
