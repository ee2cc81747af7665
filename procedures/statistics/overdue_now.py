"""How many requests are late."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.plugins import Counts, Figure, Statistic


class OverdueNow(Statistic):
    """Requests without an answer whose first date to keep has gone by."""

    slug = "overdue_now"
    label = _("requests overdue now")
    definition = _(
        "Among the requests that wait at this moment, those whose announced or legal date, the first of the two, has "
        "gone by."
    )
    better = "less"
    is_now = True

    def figure(self, counts: Counts) -> Figure:
        """Count them."""
        return Figure(value=counts["overdue"], unit="", sample=counts["waiting"])
