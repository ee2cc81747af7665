"""How many requests came in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.plugins import Counts, Figure, Statistic


class RequestsReceived(Statistic):
    """Requests of every channel, received in the period."""

    slug = "requests_received"
    label = _("requests received")
    definition = _("Requests of every channel received in the period, duplicates included.")
    is_public = True

    def figure(self, counts: Counts) -> Figure:
        """Count them; nought is a figure too."""
        return Figure(value=counts["received"], unit="", sample=counts["received"])
