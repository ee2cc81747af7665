"""How many questions residents answer: on the shortest way through a procedure, and on the longest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from procedures.definition.compiled import Definition
from procedures.definition.reachability import Analysis, Place, Ways
from procedures.plugins import Kept

MOST_WALKS = 1_000
"""Tried in each direction for one family of questions that depend on each other."""


class Extent(NamedTuple):
    """Questions to answer, each repeated group counted with one row."""

    shortest: int
    longest: int
    is_proven: bool
    """False: there may be a shorter or a longer way; too many to try them all."""


def extent_of(definition: Definition) -> Extent:
    """Count along every way; families of questions that do not depend on each other are counted apart."""
    analysis = Analysis(definition)
    least = most = 0
    is_proven = True
    for family in _families(analysis):
        few, is_exhaustive = _count(analysis, family, least_first=True)
        many, _ = (few, True) if is_exhaustive else _count(analysis, family, least_first=False)
        least, most = least + min(few | many), most + max(few | many)
        is_proven = is_proven and is_exhaustive
    return Extent(least, most, is_proven)


def _asked(places: Iterable[Place]) -> list[Place]:
    """The questions that somebody answers; a group is asked through its questions."""
    return [place for place in places if place.question and _is_asked(place)]


def _is_asked(place: Place) -> bool:
    kind = place.question.field_type if place.question else None
    return kind is not None and kind.asks and not kind.nests


def _families(analysis: Analysis) -> list[list[Place]]:
    """Questions, put together when the same answers decide about them."""
    head: dict[str, str] = {}

    def top(id: str) -> str:
        while head.setdefault(id, id) != id:
            id = head[id]
        return id

    families: dict[str, list[Place]] = {}
    cones: dict[str, list[str]] = {}
    asked = _asked(analysis.places)
    for place in asked:
        alike = repr(place.conditions) + (place.group.id if place.group else "")
        if alike not in cones:
            cones[alike] = list(analysis.cone([place]))
        for id in cones[alike]:
            head[top(id)] = top(cones[alike][0])
    for place in asked:
        cone = cones[repr(place.conditions) + (place.group.id if place.group else "")]
        families.setdefault(top(cone[0]) if cone else "", []).append(place)
    return list(families.values())


def _count(analysis: Analysis, family: list[Place], *, least_first: bool) -> tuple[set[int], bool]:
    """The numbers of questions of ``family`` that are shown, over the ways that were tried."""
    weights: dict[str, tuple[Place, int]] = {}
    for place in family:
        alike = repr(place.conditions) + (place.group.id if place.group else "")
        weights[alike] = (place, weights.get(alike, (place, 0))[1] + 1)
    ways = Ways(analysis, family, MOST_WALKS, least_first=least_first)
    counts = {_shown(weights, answers) for answers in ways}
    return counts, ways.is_exhaustive


def _shown(weights: Mapping[str, tuple[Place, int]], answers: Mapping[str, Kept]) -> int:
    return sum(number for place, number in weights.values() if place.is_met(place.conditions, answers))
