"""How often the city keeps the delay it announced."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.inbox.clock import city_day
from procedures.inbox.querysets import CITY_ZONE
from procedures.plugins import Figure, Period, Statistic
from procedures.statistics.samples import answered_in


class AnsweredInTime(Statistic):
    """Among the answers of the period, those given by the announced date.

    The announced date moves while the city waits for a resident, and for no other reason.
    """

    slug = "answered_in_time"
    label = _("answered within the announced delay")

    def figure(self, period: Period, procedure_id: int | None = None) -> Figure:
        """Measure the share, in percent."""
        answered = answered_in(period, procedure_id).filter(announced_on__isnull=False)
        kept = [city_day(at, CITY_ZONE) <= day for at, day in answered.values_list("closed_at", "announced_on")]
        share = round(100 * sum(kept) / len(kept)) if kept else None
        return Figure(value=share, unit="%", sample=len(kept))
