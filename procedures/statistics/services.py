"""Keeping the daily aggregates true: the only writers of the tallies.

What changed is read from the log (events after the last that was counted), so no service of the
inbox knows of figures and no request waits for them. A day touched by a change is counted anew
from its requests, whole: counting twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from procedures.inbox.clock import city_day
from procedures.inbox.models import Event, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE, city_today
from procedures.statistics.cells import CLOSING, Kind, book_of_day, book_of_now, book_of_tallies
from procedures.statistics.models import Grain, Progress, Span, Tally
from procedures.statistics.periods import month_end

DATED = (Kind.FILED, Kind.REOPENED, *CLOSING)
"""On the days of these, a request is counted."""
COUNTED = (*DATED, Kind.FORWARDED, Kind.RATED)
"""What changes a figure."""
SAFE_AFTER = timedelta(minutes=15)
"""Older than any transaction that may still bring in a smaller id."""
CHUNK = 20_000


def count_changes(*, at: datetime | None = None) -> int:
    """Count anew the days that events since the last time have touched; return how many."""
    now = at or timezone.now()
    progress = Progress.objects.get_or_create(pk=1)[0]
    newest, today = _newest(), city_day(now, CITY_ZONE)
    has_latecomers = _events(progress.safe_id, progress.reached_id) != progress.seen
    days = days_touched(progress.safe_id if has_latecomers else progress.reached_id, newest)
    for_today = progress.counted_at and city_day(progress.counted_at, CITY_ZONE) == today
    if days or not for_today:  # what was due yesterday is late today
        count_days(days)
        count_now(today)
    _note(progress, newest, now)
    return len(days)


def count_all(since: date | None = None) -> Iterator[date]:
    """Count every day anew, from the first request or ``since``; yields each day as it is done."""
    now, newest, today = timezone.now(), _newest(), city_today()
    first = ServiceRequest.objects.aggregate(first=Min("received_at"))["first"]
    day = since or (city_day(first, CITY_ZONE) if first else today)
    months = set()
    while day <= today:
        count_day(day)
        months.add(day.replace(day=1))
        yield day
        day += timedelta(days=1)
    for month in sorted(months):
        count_month(month)
    count_now(today)
    if since is None:
        _note(Progress.objects.get_or_create(pk=1)[0], newest, now)


def days_touched(after_id: int, last_id: int) -> set[date]:
    """The days on which requests count that events after ``after_id`` are about."""
    days: set[date] = set()
    for first in range(after_id, last_id, CHUNK):
        changed = Event.objects.filter(pk__gt=first, pk__lte=min(first + CHUNK, last_id), kind__in=COUNTED)
        dated = Event.objects.filter(request__in=changed.order_by().values("request"), kind__in=DATED)
        days |= {city_day(at, CITY_ZONE) for at in dated.order_by().values_list("at", flat=True).iterator()}
    return days


def count_days(days: Iterable[date]) -> None:
    """Count days anew, then the months they are in."""
    days = sorted(days)
    for day in days:
        count_day(day)
    for month in sorted({day.replace(day=1) for day in days}):
        count_month(month)


@transaction.atomic
def count_day(day: date) -> None:
    """Count one day of the city anew."""
    _alone()
    _write(Span.DAY, day, book_of_day(day).tallies(Span.DAY, day))


@transaction.atomic
def count_month(first_day: date) -> None:
    """Add up the days of a month."""
    _alone()
    days = Tally.objects.filter(span=Span.DAY, grain=Grain.FINE, first_day__range=(first_day, month_end(first_day)))
    _write(Span.MONTH, first_day, book_of_tallies(days.iterator()).tallies(Span.MONTH, first_day))


@transaction.atomic
def count_now(today: date) -> None:
    """Count what waits."""
    _alone()
    rows = list(book_of_now(today).tallies(Span.NOW, today))
    Tally.objects.filter(span=Span.NOW).delete()
    Tally.objects.bulk_create(rows, batch_size=500)


def _write(span: str, first_day: date, tallies: Iterable[Tally]) -> None:
    rows = list(tallies)
    Tally.objects.filter(span=span, grain__in=Grain.values, first_day=first_day).delete()
    Tally.objects.bulk_create(rows, batch_size=500)


def _alone() -> None:
    """Wait for whoever counts at the same time."""
    Progress.objects.select_for_update().filter(pk=1).first()


def _newest() -> int:
    return Event.objects.aggregate(newest=Max("pk"))["newest"] or 0


def _events(after_id: int, last_id: int) -> int:
    return Event.objects.filter(pk__gt=after_id, pk__lte=last_id).count()


def _note(progress: Progress, newest: int, now: datetime) -> None:
    """Remember how far the log is counted; what was reached long enough ago is safe."""
    if progress.marked_at is None or progress.marked_at <= now - SAFE_AFTER:
        progress.safe_id, progress.marked_id, progress.marked_at = progress.marked_id, newest, now
    progress.reached_id, progress.seen = newest, _events(progress.safe_id, newest)
    progress.counted_at = now
    progress.save()
