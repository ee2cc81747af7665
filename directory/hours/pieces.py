"""From weekly ranges to stretches of real time, day by day.

A stretch belongs to one calendar day: what crosses midnight is cut there, so that a closure
or a holiday on either side counts. Boundaries are instants in UTC, exact across the
changes of summer time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum

from directory.hours.public_holidays import is_public_holiday
from directory.hours.schedule import MIDNIGHT, HolidayRule, OpeningRange, Schedule

ONE_DAY = timedelta(days=1)


class Verdict(Enum):
    """What the calendar says of a day, whatever the weekly hours."""

    ORDINARY = 1
    DOUBTFUL = 2
    CLOSED = 3


@dataclass(frozen=True)
class Piece:
    """Open from ``start`` to ``end`` (UTC), surely or perhaps."""

    start: datetime
    end: datetime
    doubtful: bool = False
    note: str = ""


def verdict(schedule: Schedule, day: date) -> Verdict:
    """Judge a day by the closures and the public holidays."""
    if schedule.closure_on(day):
        return Verdict.CLOSED
    if schedule.holidays is HolidayRule.OPEN or not is_public_holiday(day, schedule.region):
        return Verdict.ORDINARY
    return Verdict.CLOSED if schedule.holidays is HolidayRule.CLOSED else Verdict.DOUBTFUL


def pieces_of(schedule: Schedule, day: date) -> list[Piece]:
    """The stretches of a calendar day, in order, doubt first; they may overlap."""
    today, yesterday = verdict(schedule, day), verdict(schedule, day - ONE_DAY)
    if today is Verdict.CLOSED:
        return []
    found: list[Piece] = []
    if today is Verdict.DOUBTFUL and schedule.by_day[day.isoweekday()]:
        found.append(_piece(schedule, day, MIDNIGHT, MIDNIGHT, doubtful=True))
    for opening in schedule.by_day[day.isoweekday()]:
        end = MIDNIGHT if opening.ends_next_day else opening.closes
        found.append(_of_range(schedule, day, opening, opening.opens, end, today is Verdict.DOUBTFUL))
    if yesterday is not Verdict.CLOSED:
        doubtful = Verdict.DOUBTFUL in (today, yesterday)
        for opening in schedule.by_day[(day - ONE_DAY).isoweekday()]:
            if opening.ends_next_day and opening.closes != MIDNIGHT:
                found.append(_of_range(schedule, day, opening, MIDNIGHT, opening.closes, doubtful))
    return sorted((p for p in found if p.start < p.end), key=lambda p: (p.start, not p.doubtful, p.end))


def pieces_from(schedule: Schedule, day: date, days: int) -> Iterator[Piece]:
    """The stretches of ``days`` days, the first one first."""
    for offset in range(days):
        yield from pieces_of(schedule, day + offset * ONE_DAY)


def _of_range(schedule: Schedule, day: date, opening: OpeningRange, opens: time, closes: time, doubtful: bool) -> Piece:
    doubtful = doubtful or bool(opening.note)
    return _piece(schedule, day, opens, closes, doubtful=doubtful, note=opening.note)


def _piece(schedule: Schedule, day: date, opens: time, closes: time, *, doubtful: bool, note: str = "") -> Piece:
    """Midnight as the closing time is the end of the day."""
    last_day = day + ONE_DAY if closes == MIDNIGHT else day
    return Piece(
        # Of the hour that comes twice, open late and close early: never open outside the hours.
        instant(datetime.combine(day, opens, schedule.zone), fold=1),
        instant(datetime.combine(last_day, closes, schedule.zone), fold=0),
        doubtful,
        note,
    )


def instant(wall: datetime, *, fold: int) -> datetime:
    """The instant (UTC) at which clocks show ``wall``.

    Args:
        fold: which of the two, when the hour comes twice. A time that the change to summer
            time skips is the instant of the change.
    """
    wall = wall.replace(fold=fold)
    while not _exists(wall):
        wall += timedelta(minutes=1)
    return wall.astimezone(UTC)


def _exists(wall: datetime) -> bool:
    zone: tzinfo | None = wall.tzinfo
    back = wall.astimezone(UTC).astimezone(zone)
    return back.replace(tzinfo=None) == wall.replace(tzinfo=None)
