"""How long the slow answers take."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from procedures.plugins import Counts, Figure, Statistic
from procedures.statistics.distributions import share_within


class NinetiethDelay(Statistic):
    """Nine answers in ten took no longer."""

    slug = "ninetieth_delay"
    label = _("for an answer, nine times in ten less")
    definition = _(
        "90th percentile: nine answers in ten of the period took so many days of the calendar or fewer, from receipt "
        "to answer."
    )
    better = "less"

    def figure(self, counts: Counts) -> Figure:
        """Measure the 90th percentile, in days."""
        slow = share_within(counts["days"], 90)
        return Figure(slow, ngettext("day", "days", slow or 0), counts["decided"])
