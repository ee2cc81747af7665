"""How long an answer takes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from procedures.plugins import Counts, Figure, Statistic
from procedures.statistics.distributions import share_within


class MedianDelay(Statistic):
    """Half of the answers of the period took no longer."""

    slug = "median_delay"
    label = _("for an answer, half of the time less")
    definition = _(
        "Median: half of the answers of the period took so many days of the calendar or fewer, from receipt to "
        "answer. The time spent waiting for the resident is included: it is the time that residents live through."
    )
    better = "less"
    is_public = True

    def figure(self, counts: Counts) -> Figure:
        """Measure the median, in days."""
        middle = share_within(counts["days"], 50)
        return Figure(middle, ngettext("day", "days", middle or 0), counts["decided"])
