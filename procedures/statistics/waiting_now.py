"""How many requests wait for an answer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.plugins import Counts, Figure, Statistic


class WaitingNow(Statistic):
    """Requests without an answer yet, whenever they came."""

    slug = "waiting_now"
    label = _("requests waiting now")
    definition = _("Requests without an answer at this moment, whenever they came; the period does not matter.")
    better = "less"
    is_now = True

    def figure(self, counts: Counts) -> Figure:
        """Count them."""
        return Figure(value=counts["waiting"], unit="", sample=counts["waiting"])
