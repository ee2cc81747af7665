"""From a figure to the requests behind it, in the list."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from procedures.inbox.desk.filters import Due, Shown
from procedures.plugins import Counts
from procedures.statistics.counts import Scope


def links_of(scope: Scope, counts: Counts) -> dict[str, str]:
    """The addresses of the lists that figures count, by the figure's slug; nothing where there is nobody to list."""
    whose = scope.department_ids or frozenset()
    where = {
        "department": next(iter(whose)) if len(whose) == 1 else "",
        "procedure": scope.procedure_id or "",
        "channel": scope.channel,
        "district": scope.district_id if scope.district_id > 0 else "",
    }
    first, last = counts["first_day"].isoformat(), counts["last_day"].isoformat()
    asked = {
        "requests_received": (
            counts["received"],
            {"shown": Shown.ALL.value, "received_from": first, "received_to": last},
        ),
        "requests_decided": (counts["decided"], {"closed_from": first, "closed_to": last}),
        "waiting_now": (counts["waiting"], {}),
        "overdue_now": (counts["overdue"], {"due": Due.OVERDUE.value}),
    }
    kept = {name: value for name, value in where.items() if value}
    if scope.district_id < 0:  # the list has no filter for requests without a district
        return {}
    return {
        slug: f"{reverse('inbox:list')}?{urlencode(kept | when)}" for slug, (number, when) in asked.items() if number
    }
