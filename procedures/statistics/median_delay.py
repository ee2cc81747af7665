"""How long an answer takes."""

from __future__ import annotations

from statistics import median

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from procedures.inbox.clock import city_day
from procedures.inbox.querysets import CITY_ZONE
from procedures.plugins import Figure, Period, Statistic
from procedures.statistics.samples import answered_in


class MedianDelay(Statistic):
    """Half of the answers of the period took less, half took more.

    Counted in days of the calendar, from receipt to answer, the time spent waiting for the
    resident included: it is the time that residents live through.
    """

    slug = "median_delay"
    label = _("for an answer, half of the time less")

    def figure(self, period: Period, procedure_id: int | None = None) -> Figure:
        """Measure the median, in days."""
        days = [
            (city_day(closed_at, CITY_ZONE) - city_day(received_at, CITY_ZONE)).days
            for received_at, closed_at in answered_in(period, procedure_id).values_list("received_at", "closed_at")
        ]
        middle = round(median(days)) if days else None
        return Figure(value=middle, unit=ngettext("day", "days", middle or 0), sample=len(days))
