"""The agenda as somebody asked for it: a page of it, a calendar, a feed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda import periods
from agenda.cards import by_day
from agenda.clock import TOWN_TIME
from agenda.filters import Asked, Filters
from agenda.happenings import Happening, from_rows
from agenda.querysets import TimingQuerySet
from agenda.terms import Audience

DATES_PER_PAGE = 20
MAX_IN_CALENDAR = 1_000
KEPT_IN_CALENDAR = timedelta(days=31)
"""How long a calendar that somebody subscribed to keeps what is over."""

PERIOD_LABELS = {
    "": gettext_lazy("All dates"),
    periods.TODAY: gettext_lazy("Today"),
    periods.WEEKEND: gettext_lazy("This weekend"),
    periods.WEEK: gettext_lazy("The next 7 days"),
    periods.MONTH: gettext_lazy("The next 30 days"),
}


@dataclass(frozen=True)
class Agenda:
    """The agenda page that is asked: every date, where it is in the tree, and its language."""

    timings: TimingQuerySet
    tree_path: str
    language: str

    def rows(self, filters: Filters, start: datetime, stop: datetime | None) -> QuerySet[Any]:
        """Timings that the filters keep, between two instants."""
        found = self.timings.listed(language=self.language, start=start, stop=stop, below=self.tree_path)
        return found.filter(filters.condition()).with_event()

    def listing(self, asked: Asked, page_number: str | None, now: datetime) -> dict[str, Any]:
        """What the page shows; two queries."""
        start, stop = asked.filters.window(now)
        page = Paginator(self.rows(asked.filters, start, stop), DATES_PER_PAGE).get_page(page_number)
        found = from_rows(page.object_list, self.language)
        return {
            "dates": page,
            "days": by_day(found, start.astimezone(TOWN_TIME).date(), now),
            "chips": _chips(asked.filters),
            "form": _form(asked),
            "filters": asked.filters,
            "errors": asked.errors,
            "page_query": _and(asked.filters.query()),
        }

    def to_subscribe(self, filters: Filters, now: datetime) -> list[Happening]:
        """What a calendar holds: a period moves on each time it is fetched again."""
        start, stop = filters.window(now)
        if not filters.period and filters.first is None:
            start -= KEPT_IN_CALENDAR
        rows = self.rows(filters, start, stop)[:MAX_IN_CALENDAR]
        return from_rows(rows, self.language)


def _and(query: str) -> str:
    return f"{query}&" if query else ""


def _chips(filters: Filters) -> list[dict[str, Any]]:
    """A link for each period that keeps the other filters."""
    by_days = filters.first is not None or filters.last is not None
    return [
        {
            "label": label,
            "url": f"?{replace(filters, period=period, first=None, last=None).query()}",
            "current": not by_days and filters.period == period,
        }
        for period, label in PERIOD_LABELS.items()
    ]


def _form(asked: Asked) -> dict[str, Any]:
    filters = asked.filters
    return {
        "period": filters.period,
        "from": filters.first.isoformat() if filters.first else asked.typed["from"],
        "to": filters.last.isoformat() if filters.last else asked.typed["to"],
        "audience": [(value, label, value == filters.audience) for value, label in Audience.choices],
        "free": filters.free,
        "text": filters.text,
    }


def title_of(title: str, filters: Filters) -> str:
    """The agenda's title with its filters, as a calendar program shows it."""
    said = [
        str(PERIOD_LABELS[filters.period]) if filters.period else "",
        _days(filters.first, filters.last),
        str(Audience(filters.audience).label) if filters.audience else "",
        _("Free") if filters.free else "",
        filters.text,
    ]
    return " · ".join([title, *(part for part in said if part)])


def _days(first: date | None, last: date | None) -> str:
    return " – ".join(day.isoformat() for day in (first, last) if day)


def address(base: str, query: str) -> str:
    """An address with a query, if there is one."""
    return f"{base}?{query}" if query else base
