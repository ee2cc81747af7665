"""What an agent sees first in the admin: how much is late, near, theirs, nobody's; one query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from cms.accounts.models import User
from procedures.inbox.clock import SilenceEffect
from procedures.inbox.desk.filters import Due, Whose
from procedures.inbox.models import ServiceRequest
from procedures.inbox.querysets import city_today
from procedures.inbox.transitions import Status

SOON_DAYS = 7


class DueSoonPanel(Component):
    """The block « Requests » of the admin's first page."""

    order = 50
    template_name = "inbox/due_soon.html"

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The counts with the lists they lead to; the first is said as late."""
        counts, url = counts_of(self.user), reverse("inbox:list")
        rows = (
            ("overdue", _("overdue"), {"due": Due.OVERDUE}),
            ("soon", _("due within 7 days"), {"due": Due.WEEK}),
            ("mine", _("in my hands"), {"whose": Whose.MINE}),
            ("nobody", _("nobody's yet"), {"whose": Whose.NOBODY}),
        )
        return {
            "rows": [
                {"slug": slug, "count": counts[slug], "label": label, "url": f"{url}?{urlencode(query)}"}
                for slug, label, query in rows
            ],
            "list_url": url,
        }


def counts_of(user: User) -> dict[str, int]:
    """The open requests that ``user`` may see, counted in one query.

    What waits for a resident is not near, unless silence refuses it: its legal date is fixed.
    """
    today = city_today()
    fixed = ~Q(status=Status.WAITING) | Q(silence_effect=SilenceEffect.REFUSAL)
    near = Q(due_key__range=(today, today + timedelta(days=SOON_DAYS))) & fixed
    counts: dict[str, int] = (
        ServiceRequest.objects.visible_to(user)
        .open()
        .aggregate(
            overdue=Count("pk", filter=Q(due_key__lt=today)),
            soon=Count("pk", filter=near),
            mine=Count("pk", filter=Q(agent=user)),
            nobody=Count("pk", filter=Q(agent=None)),
        )
    )
    return counts
