"""A map of districts, each with its number: drawn from their outlines, without a map of the world.

The shades have their scale beside them, the numbers are written on the districts, and the table
beside it is the page: nothing is told by the map alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from typing import Any

from django.template.loader import render_to_string
from django.utils.encoding import force_str

from cms.pages import site
from directory.models import District
from procedures.statistics.boards import Line, Table
from procedures.statistics.charts import INK, PAPER, colours
from procedures.statistics.naming import district_names

WIDTH, MARGIN = 640, 12
OPACITIES = ("0.08", "0.3", "0.55", "0.8")
"""Of the city's colour, from the smallest to the largest numbers."""
DARK = 2
"""From this shade on, what is written is white."""

Points = list[tuple[float, float]]


@dataclass(frozen=True)
class Shape:
    """A district as it is drawn, in pixels."""

    name: str
    text: str
    path: str
    x: float
    y: float
    opacity: str
    ink: str


@dataclass(frozen=True)
class Legend:
    """What a shade stands for."""

    opacity: str
    text: str
    y: int


@dataclass(frozen=True)
class DistrictMap:
    """The map and its scale."""

    title: str
    height: int
    shapes: list[Shape]
    legends: list[Legend]
    colour: str = INK
    paper: str = PAPER
    width: int = WIDTH


def outlines() -> dict[int, list[list[Points]]]:
    """Polygons of the districts that have an outline, by id."""
    return site.shared(
        "figures-outlines",
        lambda: {one.pk: one.polygons() for one in District.objects.all() if one.outline},
    )


def district_map(table: Table, slug: str) -> DistrictMap | None:
    """The map of one figure of a table by district; None where no district has an outline."""
    drawn = outlines()
    if not drawn:
        return None
    place = next(number for number, statistic in enumerate(table.columns) if statistic.slug == slug)
    lines = {line.key: line for line in table.lines}
    limits = _limits([line.cells[place].value for key, line in lines.items() if key in drawn])
    corners = [corner for polygons in drawn.values() for polygon in polygons for ring in polygon for corner in ring]
    project, height = _projection(corners)
    names = district_names()
    shapes = [_shape(names[pk], drawn[pk], lines.get(pk), place, limits, project) for pk in drawn]
    legends = [Legend(OPACITIES[number], text, height + 24 * number) for number, text in enumerate(_scale(limits))]
    title = force_str(table.columns[place].label)
    return DistrictMap(title, height + 24 * len(legends) + MARGIN, shapes, legends, colour=colours()[0])


def map_document(drawn: DistrictMap) -> str:
    """The map as an SVG document."""
    return render_to_string("statistics/map.svg", {"map": drawn})


def _limits(values: Sequence[float | None]) -> list[float]:
    """The upper ends of at most four classes of as many districts each."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return []
    ends = {known[(len(known) * (number + 1) - 1) // len(OPACITIES)] for number in range(len(OPACITIES)) if known}
    return sorted(ends | {known[-1]})[-len(OPACITIES) :]


def _scale(limits: list[float]) -> Iterator[str]:
    before: float | None = None
    for limit in limits:
        yield f"≤ {limit:g}" if before is None else f"{before:g} < … ≤ {limit:g}"
        before = limit


def _projection(points: Points) -> tuple[Any, int]:
    """Degrees to pixels, north up, as wide as long where the town is; and the height."""
    west, east = min(lon for lon, _lat in points), max(lon for lon, _lat in points)
    south, north = min(lat for _lon, lat in points), max(lat for _lon, lat in points)
    squeeze = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * squeeze, (north - south), 1e-9)

    def project(lon: float, lat: float) -> tuple[float, float]:
        return round(MARGIN + (lon - west) * squeeze * scale, 1), round(MARGIN + (north - lat) * scale, 1)

    return project, round(2 * MARGIN + (north - south) * scale)


def _shape(
    name: str, polygons: list[list[Points]], line: Line | None, place: int, limits: list[float], project: Any
) -> Shape:
    rings = [[project(lon, lat) for lon, lat in ring] for polygon in polygons for ring in polygon]
    largest = max(rings, key=lambda ring: abs(_area(ring)))
    x, y = _centre(largest)
    shown = line.cells[place] if line else None
    value = shown.value if shown else None
    shade = sum(value > limit for limit in limits) if value is not None else -1
    return Shape(
        name=name,
        text=shown.text if shown else "0",
        path="".join("M" + "L".join(f"{px} {py}" for px, py in ring) + "Z" for ring in rings),
        x=x,
        y=y,
        opacity=OPACITIES[shade] if shade >= 0 else "0",
        ink=PAPER if shade >= DARK else INK,
    )


def _area(ring: Points) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def _centre(ring: Points) -> tuple[float, float]:
    """The centre of mass of a ring; the middle of its corners where it has no surface."""
    area = _area(ring)
    if not area:
        return ring[0]
    x = sum((x1 + x2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairwise(ring))
    y = sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairwise(ring))
    return round(x / (6 * area), 1), round(y / (6 * area), 1)
