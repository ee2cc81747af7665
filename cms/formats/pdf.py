"""From HTML to a tagged PDF that a screen reader can read (PDF/UA-1).

WeasyPrint draws; it loads a C library, Pango, that a machine may lack, so nothing of it is
imported before the first document. It may read two things alone: the project's own static
files, and the files that the caller hands over. No address is ever fetched.
"""

from __future__ import annotations

import atexit
import ctypes
import threading
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders

from cms.formats.tags import mend

# RFC 2606: a name under .invalid never leads anywhere.
STATIC, FILES = "https://static.invalid/", "https://files.invalid/"
STYLE_SHEETS = ("css/tokens.css", "css/pdf.css")
LIBRARIES = (
    ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
)
# Pango's map of fonts, read once and shared, is not made for two threads; and a process
# that draws one document at a time leaves room for pages.
_drawing = threading.Lock()


@cache
def is_available() -> bool:
    """Tell whether this machine can make PDFs."""
    return all(any(_loads(name) for name in names) for names in LIBRARIES)


def tagged_pdf(
    html: str, *, language: str, title: str, style: str = "", files: Mapping[str, bytes] | None = None
) -> bytes:
    """Draw ``html``, a whole page, with the colours of ``css/tokens.css`` and the style of ``css/pdf.css``.

    Call it where it may take a while: 0.1 s for a page, 2 s for 100,000 characters.

    Args:
        html: what comes from people is escaped already, as any template does.
        language: code, for readers that speak.
        title: what readers show as the name of the document.
        style: more CSS, for what one document has of its own.
        files: pictures, by the name that follows ``https://files.invalid/`` in ``html`` and ``style``.

    Raises:
        OSError: the library is missing; see ``is_available``.
    """
    weasyprint = import_module("weasyprint")
    with _drawing:
        fetch = _fetcher(files or {})
        fonts, sheets = _style()
        page = weasyprint.HTML(string=html, base_url=settings.WAGTAILADMIN_BASE_URL + "/", url_fetcher=fetch)
        own = weasyprint.CSS(string=style, font_config=fonts, url_fetcher=fetch)
        document = page.render(stylesheets=[*sheets, own], font_config=fonts, pdf_variant="pdf/ua-1")
        document.metadata.title, document.metadata.lang = title, language
        drawn = document.write_pdf(pdf_variant="pdf/ua-1")
    return mend(drawn, language)


@cache
def _style() -> tuple[Any, list[Any]]:
    """The fonts and the style sheets, read once."""
    weasyprint, fonts = import_module("weasyprint"), import_module("weasyprint.text.fonts").FontConfiguration()
    fetch = _fetcher({})
    atexit.register(_style.cache_clear)  # the fonts' temporary folder goes while Python still works
    return fonts, [weasyprint.CSS(url=STATIC + name, font_config=fonts, url_fetcher=fetch) for name in STYLE_SHEETS]


def _fetcher(files: Mapping[str, bytes]) -> Any:
    """Answer for static files and ``files``; refuse any other address."""
    urls = import_module("weasyprint.urls")

    class Own(urls.URLFetcher):  # type: ignore[misc]  # the class is known only now
        def fetch(self, url: str, headers: Any = None) -> Any:
            return urls.URLFetcherResponse(url, own_file(url, files))

    return Own()


def own_file(url: str, files: Mapping[str, bytes]) -> bytes:
    """The bytes of a static file, or of one of ``files``.

    Raises:
        ValueError: it is neither.
    """
    if url.startswith(FILES) and (name := url.removeprefix(FILES)) in files:
        return files[name]
    path = finders.find(url.removeprefix(STATIC)) if url.startswith(STATIC) else None
    if not path or not Path(path).is_file():
        raise ValueError(f"A document may not read {url[:200]}")
    return Path(path).read_bytes()


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
