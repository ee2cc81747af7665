"""Published reports, for engines."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cms.pages.sitemap import Address, SitemapSource
from procedures.mediation.models import MediatorReport


class Reports(SitemapSource):
    """The mediator's reports: in every language of the site, whose figures are translated and whose words are not."""

    slug = "mediator-reports"
    label = _("Reports of the mediator")

    def addresses(self) -> Iterable[Address]:
        """One address per published year; one query."""
        for year, at in MediatorReport.objects.exclude(published_at=None).values_list("year", "published_at"):
            paths = {}
            for code, _name in settings.LANGUAGES:
                with override(code):
                    paths[code] = reverse("mediation:report", args=[year])
            yield Address(paths, dict.fromkeys(paths, at))
