"""WeasyPrint, fenced in. Imported by ``cms.formats.pdf`` alone, when the first document is asked for.

It may read two things: the project's own static files, and those that the caller hands over.
No address is ever fetched.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import weasyprint
from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from cms.formats.pdf import FILES

STATIC = "https://static.invalid/"
STYLE_SHEETS = ("css/tokens.css", "css/pdf.css")
VARIANT = "pdf/ua-1"
# Pango's map of fonts, read once and shared, is not made for two threads; and a process
# that draws one document at a time leaves room for pages.
_one_at_a_time = threading.Lock()


class OwnFiles(URLFetcher):
    """Answers for static files and the caller's; refuses any other address, that of a disk or a network."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self._files = files

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The file at ``url``. Raises ValueError for any that is not ours; the drawing goes on without."""
        name = url.removeprefix(FILES)
        if url.startswith(FILES) and name in self._files:
            return URLFetcherResponse(url, self._files[name])
        path = finders.find(url.removeprefix(STATIC)) if url.startswith(STATIC) else None
        if not path or not Path(path).is_file():
            raise ValueError(f"A document may not read {url[:200]}")
        return URLFetcherResponse(url, Path(path).read_bytes())


def draw(html: str, *, language: str, title: str, style: str, files: Mapping[str, bytes]) -> bytes:
    """Draw ``html`` as ``cms.formats.pdf.tagged_pdf`` says, with the tags that WeasyPrint knows."""
    with _one_at_a_time:
        fetcher = OwnFiles(files)
        fonts, sheets = _style()
        own = weasyprint.CSS(string=style, font_config=fonts, url_fetcher=fetcher)
        page = weasyprint.HTML(string=html, base_url=f"{settings.WAGTAILADMIN_BASE_URL}/", url_fetcher=fetcher)
        document = page.render(stylesheets=[*sheets, own], font_config=fonts, pdf_variant=VARIANT)
        document.metadata.title, document.metadata.lang = title, language
        return bytes(document.write_pdf(pdf_variant=VARIANT))


@cache
def _style() -> tuple[Any, list[Any]]:
    """The fonts and the style sheets, read once."""
    fonts, fetcher = FontConfiguration(), OwnFiles({})
    atexit.register(_style.cache_clear)  # the fonts' temporary folder goes while Python still works
    return fonts, [weasyprint.CSS(url=STATIC + name, font_config=fonts, url_fetcher=fetcher) for name in STYLE_SHEETS]
