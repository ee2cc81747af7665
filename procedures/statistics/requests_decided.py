"""How many requests had their answer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.plugins import Counts, Figure, Statistic


class RequestsDecided(Statistic):
    """Requests whose answer was given in the period, and stands."""

    slug = "requests_decided"
    label = _("requests answered")
    definition = _(
        "Requests accepted, refused, closed or passed on to another body in the period. One that was reopened counts "
        "on the day of its last answer; a duplicate is answered with the request that carries on for it."
    )

    def figure(self, counts: Counts) -> Figure:
        """Count them."""
        return Figure(value=counts["decided"], unit="", sample=counts["decided"])
