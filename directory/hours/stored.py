"""Weekly hours as the JSON kept in the database.

``{"ranges": [{"day": 1, "opens": "09:00", "closes": "12:30", "note": ""}]}``; an empty
object says that the hours are not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import Any

from directory.hours.schedule import OpeningRange


def to_json(ranges: Iterable[OpeningRange]) -> dict[str, Any]:
    """Write ranges, in order and without repetition."""
    rows = [
        {"day": r.day, "opens": f"{r.opens:%H:%M}", "closes": f"{r.closes:%H:%M}", "note": r.note}
        for r in sorted(set(ranges))
    ]
    return {"ranges": rows} if rows else {}


def from_json(value: Any) -> tuple[OpeningRange, ...]:
    """Read ranges.

    Raises:
        ValueError: the value has not the shape above.
    """
    if not value:
        return ()
    try:
        return tuple(
            OpeningRange(int(row["day"]), clock(row["opens"]), clock(row["closes"]), str(row.get("note") or "").strip())
            for row in value["ranges"]
        )
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not weekly hours: {error}") from error


def clock(text: str) -> time:
    """Read ``9:05`` or ``09:05``; ``24:00`` is midnight.

    Raises:
        ValueError: no such time.
    """
    hour, _, minute = text.partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and len(minute) == 2 and len(hour) <= 2):
        raise ValueError(f"no such time: {text!r}")
    return time(0) if (int(hour), int(minute)) == (24, 0) else time(int(hour), int(minute))
