"""The days on which a department works, as the town wrote them down."""

from __future__ import annotations

from datetime import date, timedelta

from cms.pages import site
from cms.pages.models import CitySettings
from directory.hours.public_holidays import region_of
from directory.models import DepartmentClosure
from procedures.inbox.models import ClosingDay
from procedures.inbox.working_days import WorkingDays

KEPT_DAYS = 3 * 366
"""Closures that ended before are of no request that is still open."""


def working_days_of(department_id: int | None, today: date) -> WorkingDays:
    """Its working days: Monday to Friday, but for public holidays, the town's closing days and its own closures.

    No query until one of them changes.
    """
    region, town, own = site.shared(f"closings-{today.year}", lambda: _read(today - timedelta(days=KEPT_DAYS)))
    return WorkingDays(region, town + own.get(department_id, ()))


def _read(since: date) -> tuple[str, tuple[tuple[date, date], ...], dict[int | None, tuple[tuple[date, date], ...]]]:
    """The region, the town's closing days, and the closures of each department."""
    city = CitySettings.objects.first()
    town = tuple(ClosingDay.objects.filter(last_day__gte=since).values_list("first_day", "last_day"))
    own: dict[int | None, tuple[tuple[date, date], ...]] = {}
    rows = DepartmentClosure.objects.filter(last_day__gte=since)
    for department_id, first, last in rows.values_list("department_id", "first_day", "last_day"):
        own[department_id] = (*own.get(department_id, ()), (first, last))
    return region_of(city.postcode if city else ""), town, own
