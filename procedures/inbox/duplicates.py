"""Requests that may be about the same thing: near each other, or by the same person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.db.models.functions import Cos, Greatest, Radians

from procedures.inbox.folding import fold

if TYPE_CHECKING:
    from procedures.inbox.models import ServiceRequest

NEAR_METRES = 50
EARTH_RADIUS_METRES = 6_371_008.8
METRES_PER_DEGREE = EARTH_RADIUS_METRES * radians(1)
SIGNIFICANT_DIGITS = 9  # of a phone number: the same with or without its country
MOST = 5


@dataclass(frozen=True)
class Likely:
    """A request that may be the same; ``metres`` None: it is the person who is the same."""

    request: ServiceRequest
    metres: int | None


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance of two points (latitude, longitude in degrees, WGS 84), by the haversine formula."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_METRES * asin(min(1.0, sqrt(half)))


def box_around(latitude: Any, longitude: Any, metres: float = NEAR_METRES) -> Q:
    """What an index can narrow to: a box that holds the circle. A little too much at its corners.

    Args:
        latitude: degrees; or, as ``longitude``, the column of an outer query.
    """
    high = metres / METRES_PER_DEGREE
    flat = Greatest(Cos(Radians(latitude)), 0.01) if isinstance(latitude, F) else max(cos(radians(latitude)), 0.01)
    wide = high / flat
    return Q(latitude__range=(latitude - high, latitude + high), longitude__range=(longitude - wide, longitude + wide))


def digits_of(phone: str) -> str:
    """The last digits of a phone number, which tell it; "" where there are too few to tell."""
    digits = "".join(c for c in phone if c.isdigit())
    return digits[-SIGNIFICANT_DIGITS:] if len(digits) >= SIGNIFICANT_DIGITS else ""


def is_same_person(one: ServiceRequest, other: ServiceRequest) -> bool:
    """The same e-mail address, phone or name; an agent who sees both decides."""
    pairs = (
        (one.requester_email.casefold(), other.requester_email.casefold()),
        (digits_of(one.requester_phone), digits_of(other.requester_phone)),
        (fold(one.requester_name), fold(other.requester_name)),
    )
    return any(mine and mine == theirs for mine, theirs in pairs)


def likely_duplicates(request: ServiceRequest, others: Iterable[ServiceRequest]) -> list[Likely]:
    """Among ``others``, the open requests of the same procedure within 50 m or of the same person, nearest first."""
    open_ones = [one for one in others if one.closed_at is None and one.procedure_id == request.procedure_id]
    judged = [_judge(request, other) for other in sorted(open_ones, key=lambda one: one.received_at, reverse=True)]
    kept = [each for each in judged if each is not None]
    return sorted(kept, key=lambda each: NEAR_METRES if each.metres is None else each.metres)[:MOST]


def _judge(request: ServiceRequest, other: ServiceRequest) -> Likely | None:
    points = [(each.latitude, each.longitude) for each in (request, other)]
    if all(value is not None for point in points for value in point):
        metres = metres_between(*points)  # type: ignore[arg-type]  # none of the four is None
        if metres <= NEAR_METRES:
            return Likely(other, round(metres))
    return Likely(other, None) if is_same_person(request, other) else None
