"""What a visitor asks of the agenda, read from the address and written back into others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agenda.clock import TOWN_TIME, midnight
from agenda.periods import PERIODS, Span, read_day, span_of
from agenda.terms import Audience
from cms.search.folding import fold

MAX_LETTERS = 100
MAX_WORDS = 8


@dataclass(frozen=True)
class Filters:
    """A choice of events. Two days, if given, count rather than the period."""

    period: str = ""
    first: date | None = None
    last: date | None = None
    audience: str = ""
    free: bool = False
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing is asked: all events to come."""
        return self == Filters()

    def span(self, today: date) -> Span:
        """The days asked for; without a first day, from today on."""
        if self.first is None and self.last is None:
            return span_of(self.period, today)
        return Span(self.first or today, self.last)

    def window(self, now: datetime) -> tuple[datetime, datetime | None]:
        """The instants asked for, the second excluded.

        What is over by ``now`` is left out, unless the visitor gave the first day.
        """
        span = self.span(now.astimezone(TOWN_TIME).date())
        start = midnight(span.first) if self.first else max(now, midnight(span.first))
        stop = midnight(span.last + timedelta(days=1)) if span.last else None
        return start, stop

    def condition(self) -> Q:
        """The filters apart from the days, on timings joined with their event."""
        found = Q()
        if self.audience:
            found &= Q(event__audience=self.audience)
        if self.free:
            found &= Q(event__is_free=True)
        for word in fold(self.text).split()[:MAX_WORDS]:
            found &= Q(event__folded__contains=word)
        return found

    def query(self) -> str:
        """The filters as they stand in an address, always in the same order; may be empty."""
        asked = {
            "period": self.period,
            "from": self.first.isoformat() if self.first else "",
            "to": self.last.isoformat() if self.last else "",
            "audience": self.audience,
            "free": "1" if self.free else "",
            "q": self.text,
        }
        return urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True)
class Asked:
    """The filters of an address, and what could not be understood in it."""

    filters: Filters
    typed: dict[str, str]
    """What the visitor typed in the fields of days, to show it again."""
    errors: dict[str, str | Promise]


def read_filters(query: QueryDict) -> Asked:
    """Read the filters; what makes no sense is left out, and said where it was typed."""
    days: dict[str, date | None] = {"from": None, "to": None}
    typed = {name: query.get(name, "").replace("\x00", "")[:20] for name in days}
    errors: dict[str, str | Promise] = {}
    for name, text in typed.items():
        try:
            days[name] = read_day(text)
        except ValueError:
            errors[name] = _("This is not a date. Write it like 21/11/2026.")
    first, last = days["from"], days["to"]
    if first and last and last < first:
        first, last = last, first
    period, audience = query.get("period", ""), query.get("audience", "")
    filters = Filters(
        period=period if period in PERIODS and not (first or last) else "",
        first=first,
        last=last,
        audience=audience if audience in Audience.values else "",
        free=query.get("free") == "1",
        text=" ".join(query.get("q", "").replace("\x00", "")[:MAX_LETTERS].split()),
    )
    return Asked(filters, typed, errors)


def without(filters: Filters, name: str) -> Filters:
    """The same filters but one."""
    empty = Filters()
    return replace(filters, **{name: getattr(empty, name)})
