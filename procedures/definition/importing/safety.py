"""Files of strangers, read without harm: bounded, and with no door to anything else."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

LARGEST_BYTES = 8 * 1024 * 1024
"""The largest form seen in the wild has some 90 kB."""
MOST_ELEMENTS = 200_000
DEEPEST = 60
"""Levels of elements; a form has seven."""


class UnusableFileError(ValueError):
    """The file as a whole cannot be read; its text is one line for a person."""


def read_bounded(path: Path) -> bytes:
    """The bytes of a file of an acceptable size. Raises UnusableFileError."""
    try:
        with path.open("rb") as source:
            data = source.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise UnusableFileError(f"{path.name}: {error.strerror}.") from error
    return bounded(data)


def bounded(data: bytes) -> bytes:
    """The same bytes, if they are no more than a form can need. Raises UnusableFileError."""
    if len(data) > LARGEST_BYTES:
        limit = LARGEST_BYTES // (1024 * 1024)
        raise UnusableFileError(_("The file is larger than %(limit)d MB: no form is.") % {"limit": limit})
    if not data.strip():
        raise UnusableFileError(_("The file is empty."))
    return data


class _BoundedBuilder(TreeBuilder):
    """Builds the tree and stops when it grows beyond any form."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.elements = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST or self.elements > MOST_ELEMENTS:
            raise UnusableFileError(_("The file has more elements, or deeper ones, than any form."))
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)


def parse_xml(data: bytes) -> Element:
    """The root of an XML document that declares no type, no entity, and looks nowhere else.

    Raises:
        UnusableFileError: too large, not XML, another encoding than the one it announces, or dangerous.
    """
    parser = DefusedXMLParser(target=_BoundedBuilder(), forbid_dtd=True)
    try:
        parser.feed(bounded(data))
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise UnusableFileError(
            _("The file declares a document type or entities: refused, they can hide an attack.")
        ) from error
    except (ParseError, LookupError) as error:
        raise UnusableFileError(_("The file cannot be read as XML: %(why)s.") % {"why": error}) from error
    except (ValueError, UnicodeError) as error:
        if isinstance(error, UnusableFileError):
            raise
        raise UnusableFileError(_("The file cannot be read as XML: %(why)s.") % {"why": error}) from error
    return root
