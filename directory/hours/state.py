"""Open, soon, closed or unknown: what a schedule means at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from directory.hours.pieces import Piece, Verdict, pieces_from, verdict
from directory.hours.schedule import Schedule

LOOK_AHEAD_DAYS = 400  # a closure of a year still finds the next opening
ALWAYS_AFTER = timedelta(days=7)


class Kind(StrEnum):
    """The four states."""

    OPEN = "open"
    SOON = "soon"  # closed, and opens later today
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class State:
    """The state at a moment; times are in the schedule's zone."""

    kind: Kind
    until: datetime | None = None
    """Open: when it closes; nothing when it never does."""
    opens: datetime | None = None
    """Soon or closed: the next opening that is sure."""
    reason: str = ""
    """Why it is closed or not known, in the words of whoever entered it."""
    closed_through: date | None = None
    """Last day of the exceptional closure that is on."""
    holiday: bool = False
    """Closed or not known because today is a public holiday."""


def state_at(schedule: Schedule, moment: datetime) -> State:
    """Tell the state at ``moment`` (an aware datetime).

    Where a range bears a condition, where hours contradict each other or are not known, the
    state is unknown, never open.
    """
    now = moment.astimezone(UTC)
    today = moment.astimezone(schedule.zone).date()
    closure = schedule.closure_on(today)
    if closure:
        opens = _next_opening(schedule, now, today)
        return State(Kind.CLOSED, opens=opens, reason=closure.reason, closed_through=closure.last)
    if not schedule.ranges:
        return State(Kind.UNKNOWN)
    pieces = list(pieces_from(schedule, today, 2))
    on_now = [piece for piece in pieces if piece.start <= now < piece.end]
    holiday = verdict(schedule, today) is not Verdict.ORDINARY
    for piece in on_now:
        if piece.doubtful:
            return State(Kind.UNKNOWN, reason=piece.note, holiday=holiday)
    if on_now:
        return State(Kind.OPEN, until=_closing(schedule, now, today))
    opens = _next_opening(schedule, now, today)
    soon = opens is not None and opens.date() == today
    return State(Kind.SOON if soon else Kind.CLOSED, opens=opens, holiday=holiday)


def _closing(schedule: Schedule, now: datetime, today: date) -> datetime | None:
    """When the stretch that is on ends for sure: the end of what joins, or the first doubt."""
    pieces = list(pieces_from(schedule, today, ALWAYS_AFTER.days + 2))
    end = _joined_end([piece for piece in pieces if not piece.doubtful], now)
    doubts = [piece.start for piece in pieces if piece.doubtful and now < piece.start < end]
    end = min([end, *doubts])
    return None if end - now >= ALWAYS_AFTER else end.astimezone(schedule.zone)


def _joined_end(sure: Sequence[Piece], now: datetime) -> datetime:
    end = now
    for piece in sure:
        if piece.start <= end < piece.end:
            end = piece.end
    return end


def _next_opening(schedule: Schedule, now: datetime, today: date) -> datetime | None:
    """The next opening, unless a doubtful one could come before it."""
    if not schedule.ranges:
        return None
    for piece in pieces_from(schedule, today, LOOK_AHEAD_DAYS):
        if piece.start >= now:
            return None if piece.doubtful else piece.start.astimezone(schedule.zone)
    return None
