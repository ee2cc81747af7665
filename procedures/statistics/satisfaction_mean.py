"""What residents think of the service."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.plugins import Counts, Figure, Statistic
from procedures.statistics.distributions import mean


class SatisfactionMean(Statistic):
    """The mean step, from 1 to 5."""

    slug = "satisfaction_mean"
    label = _("satisfaction, out of 5")
    definition = _(
        "Mean of the steps that residents chose, from 1 (not at all satisfied) to 5 (very satisfied), about requests "
        "answered in the period."
    )
    better = "more"

    def figure(self, counts: Counts) -> Figure:
        """Measure the mean of those who said."""
        value = mean(counts["steps"])
        return Figure(None if value is None else round(value, 1), "/ 5", sum(counts["steps"].values()))
