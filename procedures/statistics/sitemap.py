"""Figures that engines may read."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cms.pages.sitemap import Address, SitemapSource
from procedures.statistics.delays import delays, languages


class OurDelays(SitemapSource):
    """The page of the town's delays, in each language of the site."""

    slug = "delays"
    label = _("Our delays")

    def addresses(self) -> Iterable[Address]:
        """One page, once it has something to say."""
        found = {}
        for language in languages() if delays(settings.LANGUAGE_CODE).lines else ():
            with override(language):
                found[language] = reverse("delays:page")
        if found:
            yield Address(by_language=found, changed={})
