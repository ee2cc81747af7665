"""What the mayor and elected people see first in the admin: how the town answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from cms.accounts.models import User
from procedures.statistics.access import viewer
from procedures.statistics.asking import FigureForm
from procedures.statistics.boards import board_of


class FiguresPanel(Component):
    """The block « Figures » of the admin's first page: what is public, and what waits now."""

    order = 60
    template_name = "statistics/first_page.html"

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The figures of twelve months, how they moved, and where the rest is."""
        board = board_of(FigureForm({}, viewer=viewer(self.user)))
        return {
            "headlines": [one for one in board.headlines if one.statistic.is_public or one.statistic.is_now],
            "period": board.period,
            "url": reverse("statistics:dashboard"),
        }
