"""How many answers settled nothing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.plugins import Counts, Figure, Statistic


class RequestsReopened(Statistic):
    """Requests reopened in the period."""

    slug = "requests_reopened"
    label = _("requests reopened")
    definition = _("Requests reopened in the period; one that was reopened several times counts on the last day.")
    better = "less"

    def figure(self, counts: Counts) -> Figure:
        """Count them."""
        return Figure(value=counts["reopened"], unit="", sample=counts["reopened"])
