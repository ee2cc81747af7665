"""Pages of the directory's entries, for engines."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cms.pages import site
from cms.pages.sitemap import Address, SitemapSource
from directory.shared import PAGE_MODEL, SECTIONS


class Entries(SitemapSource):
    """Departments, places and organisations: each has a page wherever the directory has one."""

    slug = "directory"
    label = _("Directory")

    def addresses(self) -> Iterable[Address]:
        """One address per entry, in every language of the directory; one query per kind."""
        found = ((code, site.current().first_of(PAGE_MODEL, code)) for code, _name in settings.LANGUAGES)
        bases = {code: ref.url for code, ref in found if ref is not None and not ref.restricted}
        if not bases:
            return
        for model, section in SECTIONS.items():
            for slug in model.objects.source().order_by("slug").values_list("slug", flat=True):
                yield Address({code: f"{base}{section}/{slug}/" for code, base in bases.items()}, {})
