"""How often one exchange is enough."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.plugins import Counts, Figure, Statistic
from procedures.statistics.distributions import percent_of


class FirstContact(Statistic):
    """Answers for which the resident had to do nothing more."""

    slug = "first_contact"
    label = _("answered at the first contact")
    definition = _(
        "Among the requests answered in the period, those answered without a completion request, without a second "
        "message from either side, and never reopened."
    )
    better = "more"

    def figure(self, counts: Counts) -> Figure:
        """Measure the share, in percent."""
        return Figure(percent_of(counts["first_contact"], counts["decided"]), "%", counts["decided"])
