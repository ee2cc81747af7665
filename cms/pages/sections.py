"""Sections of the home page that the site itself offers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.pages import site
from cms.pages.models import GuidePage
from cms.pages.offers import HomeSection, Visit

GUIDES_SHOWN = 6


class Guides(HomeSection):
    """The guides, each with the languages it can be read in."""

    slug = "guides"
    label = _("Guides")
    template = "pages/home/guides.html"

    def context(self, visit: Visit) -> dict[str, Any] | None:
        """The live guides of the language; no query once read."""
        guides = site.shared(f"home-guides-{visit.language}", lambda: self._guides(visit.language))
        return {"guides": guides[:GUIDES_SHOWN]} if guides else None

    def _guides(self, language: str) -> list[dict[str, Any]]:
        snapshot = site.current()
        rows = dict(
            GuidePage.objects.live()
            .filter(locale__language_code=language)
            .order_by("path")
            .values_list("pk", "summary")
        )
        return [
            {
                "title": ref.title,
                "url": ref.url,
                "text": rows[ref.id],
                "languages": [
                    {"code": code, "url": other.url}
                    for code, other in snapshot.translations(ref.id).items()
                    if code != language
                ],
            }
            for ref in snapshot.pages.values()
            if ref.id in rows
        ]
