"""The town's real delays on the home page."""

from __future__ import annotations

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cms.pages import site
from cms.pages.offers import HomeSection, Visit
from procedures.inbox.querysets import city_today
from procedures.plugins import Figure, statistics
from procedures.statistics.samples import last_days

DAYS = 30
SMALLEST_SAMPLE = 5
"""Below, a median or a share might tell the story of one resident."""


class Figures(HomeSection):
    """Every figure of ``STATISTICS`` that enough requests stand behind."""

    slug = "figures"
    label = gettext_lazy("Real delays")
    template = "pages/home/figures.html"

    def context(self, visit: Visit) -> dict[str, Any] | None:
        """The figures up to yesterday: measured once a day, no query after that."""
        key = f"home-figures-{visit.language}-{city_today()}"
        figures = site.shared(key, lambda: self._figures(visit.language))
        if not figures:
            return None
        return {"title": _("Our delays, the last %(days)s days") % {"days": DAYS}, "figures": figures, "all_url": ""}

    def _figures(self, language: str) -> list[dict[str, str]]:
        period = last_days(DAYS, city_today())
        with override(language):
            measured = [(statistic, statistic.figure(period)) for statistic in statistics]
            return [
                {"value": in_words(figure), "label": str(statistic.label)}
                for statistic, figure in measured
                if figure.value is not None and figure.sample >= SMALLEST_SAMPLE
            ]


def in_words(figure: Figure) -> str:
    """The figure as it is shown, at most one decimal, its unit after a space that does not break."""
    value = round(figure.value or 0, 1)
    number = number_format(int(value) if value == int(value) else value)
    return f"{number}\u00a0{figure.unit}".strip()
