"""The town's clock: days and times there, instants in UTC. Pure Python but for the setting."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

TOWN_TIME = ZoneInfo(settings.TIME_ZONE)


def instant(day: date, clock: time) -> datetime:
    """The instant, in UTC, when clocks in town show ``clock`` on ``day``."""
    return datetime.combine(day, clock, TOWN_TIME).astimezone(UTC)


def midnight(day: date) -> datetime:
    """The instant when ``day`` begins in town, in UTC."""
    return instant(day, time())
