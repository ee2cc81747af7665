"""A VTIMEZONE (RFC 5545, 3.6.5) for the years of a calendar, exact for any time zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard


@lru_cache(maxsize=32)
def changes(zone: ZoneInfo, first_year: int, last_year: int) -> tuple[datetime, ...]:
    """The instants, in UTC, when clocks change from one year's start to another's end."""
    found = []
    moment, stop = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    while moment < stop:
        following = moment + timedelta(days=7)
        if moment.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            found.append(_first_with_offset_of(following, moment, zone))
        moment = following
    return tuple(found)


def _first_with_offset_of(after: datetime, before: datetime, zone: ZoneInfo) -> datetime:
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) // 2
        middle = middle.replace(second=0, microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after


def timezone_component(zone: ZoneInfo, first_year: int, last_year: int) -> Timezone:
    """The zone as it is from the change before ``first_year`` to the end of ``last_year``."""
    component = Timezone()
    component.add("tzid", zone.key)
    start = datetime(first_year - 1, 1, 1, tzinfo=UTC)
    for change in (start, *changes(zone, first_year - 1, last_year)):
        local = change.astimezone(zone)
        before = (change - timedelta(minutes=1)).astimezone(zone).utcoffset() or timedelta()
        observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
        # The clock's own time just before it changes.
        observance.add("dtstart", (change + before).replace(tzinfo=None))
        observance.add("tzoffsetfrom", before)
        observance.add("tzoffsetto", local.utcoffset())
        observance.add("tzname", local.tzname())
        component.add_component(observance)
    return component
