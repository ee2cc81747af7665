"""Requests that may be about the same thing: near each other, or by the same person."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from django.db.models import Q

from procedures.inbox.folding import fold

if TYPE_CHECKING:
    from procedures.inbox.models import ServiceRequest
    from procedures.inbox.querysets import ServiceRequestQuerySet

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


def box_around(latitude: float, longitude: float, metres: float = NEAR_METRES) -> Q:
    """What an index can narrow to: a box that holds the circle. A little too much at its corners."""
    high = metres / METRES_PER_DEGREE
    wide = high / max(cos(radians(latitude)), 0.01)
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


def likely_duplicates(request: ServiceRequest, visible: ServiceRequestQuerySet) -> list[Likely]:
    """Open requests of the same procedure within 50 m, or from the same e-mail address or phone; the nearest first.

    Args:
        visible: what the agent may see, and nothing else is looked at.
    """
    ids = [pk for pk in _candidates(request) if pk != request.pk]
    if not ids:
        return []
    found = visible.open().filter(pk__in=ids, procedure=request.procedure_id)
    judged = [_judge(request, other) for other in found.order_by("-received_at", "-id")]
    kept = [each for each in judged if each is not None]
    return sorted(kept, key=lambda each: NEAR_METRES if each.metres is None else each.metres)[:MOST]


def _candidates(request: ServiceRequest) -> list[int]:
    """Ids of open requests in the box, or from the address or phone, of any department; each arm reads its own index.

    Nothing but ids, for one query more: with the departments and the procedure in the same condition,
    SQLite reads all the requests of a department instead.
    """
    requests = type(request).objects.open().order_by().values_list("pk", flat=True)
    arms = []
    if request.requester_email:
        arms.append(requests.filter(requester_email=request.requester_email).exclude(requester_email=""))
    if digits_of(request.requester_phone):  # kept in one form (E.164), whoever typed it
        arms.append(requests.filter(requester_phone=request.requester_phone).exclude(requester_phone=""))
    if request.latitude is not None and request.longitude is not None:
        arms.append(requests.filter(box_around(request.latitude, request.longitude), latitude__isnull=False))
    if not arms:
        return []
    return list(arms[0].union(*arms[1:])[: 10 * MOST])


def _judge(request: ServiceRequest, other: ServiceRequest) -> Likely | None:
    points = [(each.latitude, each.longitude) for each in (request, other)]
    if all(value is not None for point in points for value in point):
        metres = metres_between(*points)  # type: ignore[arg-type]  # none of the four is None
        if metres <= NEAR_METRES:
            return Likely(other, round(metres))
    return Likely(other, None) if is_same_person(request, other) else None
