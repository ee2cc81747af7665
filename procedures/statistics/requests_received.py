"""How many requests came in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.plugins import Figure, Period, Statistic
from procedures.statistics.samples import received_in


class RequestsReceived(Statistic):
    """Requests of every channel, received in the period."""

    slug = "requests_received"
    label = _("requests received")

    def figure(self, period: Period, procedure_id: int | None = None) -> Figure:
        """Count them; nought is a figure too."""
        count = received_in(period, procedure_id).count()
        return Figure(value=count, unit="", sample=count)
