"""How often the city keeps the delay it announced."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.plugins import Counts, Figure, Statistic
from procedures.statistics.distributions import percent_of


class AnsweredInTime(Statistic):
    """Among the answers of the period, those given by the announced date."""

    slug = "answered_in_time"
    label = _("answered within the announced delay")
    definition = _(
        "Among the requests answered in the period that had an announced date, those answered by that date. The date "
        "moves while the town waits for the resident, for no other reason."
    )
    better = "more"
    is_public = True

    def figure(self, counts: Counts) -> Figure:
        """Measure the share, in percent."""
        return Figure(percent_of(counts["promise_kept"], counts["promised"]), "%", counts["promised"])
