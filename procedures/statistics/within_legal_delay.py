"""How often the city answers before silence answers for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.plugins import Counts, Figure, Statistic
from procedures.statistics.distributions import percent_of


class WithinLegalDelay(Statistic):
    """Among the answers of the period, those given by the legal date."""

    slug = "within_legal_delay"
    label = _("answered within the legal delay")
    definition = _(
        "Among the requests answered in the period for which silence has a legal effect, those answered by the day on "
        "which it takes effect."
    )
    better = "more"

    def figure(self, counts: Counts) -> Figure:
        """Measure the share, in percent."""
        return Figure(percent_of(counts["bound_kept"], counts["bound"]), "%", counts["bound"])
