"""The town's real delays on the home page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cms.pages import site
from cms.pages.offers import HomeSection, Visit
from procedures.inbox.querysets import city_today
from procedures.plugins import statistics
from procedures.statistics.counts import counts_of
from procedures.statistics.periods import last_days
from procedures.statistics.showing import SMALLEST_SAMPLE, in_words

DAYS = 30


class Figures(HomeSection):
    """The public figures of ``STATISTICS`` that enough requests stand behind."""

    slug = "figures"
    label = gettext_lazy("Real delays")
    template = "pages/home/figures.html"

    def context(self, visit: Visit) -> dict[str, Any] | None:
        """The figures up to yesterday: measured once a day, no query after that."""
        key = f"home-figures-{visit.language}-{city_today()}"
        figures = site.shared(key, lambda: self._figures(visit.language))
        if not figures:
            return None
        return {
            "title": _("Our delays, the last %(days)s days") % {"days": DAYS},
            "figures": figures,
            "all_url": reverse("delays:page"),
        }

    def _figures(self, language: str) -> list[dict[str, str]]:
        counts = counts_of(last_days(DAYS, city_today()))
        with override(language):
            measured = [(statistic, statistic.figure(counts)) for statistic in statistics if statistic.is_public]
            return [
                {"value": in_words(figure), "label": str(statistic.label)}
                for statistic, figure in measured
                if figure.value is not None and figure.sample >= SMALLEST_SAMPLE
            ]
