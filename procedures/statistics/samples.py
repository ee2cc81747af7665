"""The requests that figures are made of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from procedures.inbox.models import ServiceRequest
from procedures.inbox.querysets import CITY_ZONE
from procedures.plugins import Period


def received_in(period: Period, procedure_id: int | None) -> QuerySet[Any]:
    """Requests received within ``period``."""
    return _of(procedure_id).filter(received_at__range=_moments(period))


def answered_in(period: Period, procedure_id: int | None) -> QuerySet[Any]:
    """Requests that had their answer within ``period``."""
    return _of(procedure_id).filter(closed_at__range=_moments(period))


def last_days(count: int, today: date) -> Period:
    """The ``count`` days before today, which is not over."""
    return Period(first_day=today - timedelta(days=count), last_day=today - timedelta(days=1))


def _of(procedure_id: int | None) -> QuerySet[Any]:
    requests = ServiceRequest.objects.all()
    return requests.filter(procedure_id=procedure_id) if procedure_id else requests


def _moments(period: Period) -> tuple[datetime, datetime]:
    """First and last moment of the period, in the city."""
    return (
        datetime.combine(period.first_day, time.min, CITY_ZONE),
        datetime.combine(period.last_day, time.max, CITY_ZONE),
    )
