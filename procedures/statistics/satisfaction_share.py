"""How many residents are satisfied."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.plugins import Counts, Figure, Statistic
from procedures.statistics.distributions import percent_of


class SatisfactionShare(Statistic):
    """Steps 4 and 5 among all."""

    slug = "satisfaction_share"
    label = _("of residents satisfied")
    definition = _(
        "Among the residents who said what they thought of a request answered in the period, those who chose 4 or 5 "
        "out of 5."
    )
    better = "more"
    is_public = True

    def figure(self, counts: Counts) -> Figure:
        """Measure the share, in percent."""
        steps = counts["steps"]
        said = sum(steps.values())
        return Figure(percent_of(steps.get(4, 0) + steps.get(5, 0), said), "%", said)
