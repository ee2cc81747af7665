"""From HTML to a tagged PDF that screen readers can read (PDF/UA-1).

WeasyPrint draws. It loads a C library, Pango, that a machine may lack, and some 50 MB: nothing
of it is imported before a process makes its first document.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from functools import cache
from importlib import import_module

FILES = "https://files.invalid/"  # RFC 2606: never anybody's
LIBRARIES = (
    ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
)


@cache
def is_available() -> bool:
    """Tell whether this machine can make PDFs."""
    return all(any(_loads(name) for name in names) for names in LIBRARIES)


def tagged_pdf(
    html: str, *, language: str, title: str, style: str = "", files: Mapping[str, bytes] | None = None
) -> bytes:
    """Draw ``html``, a whole page, with the colours of ``css/tokens.css`` and the style of ``css/pdf.css``.

    Takes 0.1 s for a page, two seconds for 100,000 characters, one document at a time.

    Args:
        html: what comes from people is escaped already, as any template does.
        language: its code, for readers that speak.
        title: what readers show as the name of the document.
        style: more CSS, for what one document has of its own.
        files: pictures, by the name that follows ``https://files.invalid/`` in ``html`` and ``style``.

    Raises:
        OSError: the library is missing; see ``is_available``.
    """
    drawing, tags = import_module("cms.formats.drawing"), import_module("cms.formats.tags")
    drawn = drawing.draw(html, language=language, title=title, style=style, files=files or {})
    return bytes(tags.mend(drawn, language))


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
