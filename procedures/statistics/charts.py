"""Charts as SVG that any page may show: no script, no style sheet, nothing told by colour alone.

The library pygal lays them out; its style sheet and its scripts, which a strict policy forbids,
are replaced by attributes. A chart stands beside the table that says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import pygal
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _
from pygal.style import Style

from cms.pages import site
from cms.pages.models import CitySettings
from procedures.statistics.showing import number_in_words

SVG = "{http://www.w3.org/2000/svg}"
FONT = "Atkinson Hyperlegible Next, Noto Sans Arabic, system-ui, sans-serif"
INK, PAPER, GUIDE = "#17252b", "#ffffff", "#b9c4c6"
WIDTH, LEAST_HEIGHT, ROW_HEIGHT = 760, 380, 34
MOST_BARS = 13
DASHES = ("", "7 4", "2 4")


@dataclass(frozen=True)
class Series:
    """Values under one name, None where there is none."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Chart:
    """What is drawn: ``is_list`` for things side by side, else moments one after the other."""

    title: str
    description: str
    labels: Sequence[str]
    series: Sequence[Series]
    is_list: bool = False

    @property
    def height(self) -> int:
        """Room for each line of a list."""
        return (
            90 + 22 * len(self.series) + ROW_HEIGHT * len(self.labels) * len(self.series)
            if self.is_list
            else LEAST_HEIGHT
        )


def colours() -> tuple[str, str]:
    """The city's two colours; they pass on white, or nobody could have saved them."""
    city = site.shared("chart-colours", lambda: CitySettings.objects.first() or CitySettings())
    return city.city_colour, city.accent_colour


def draw(chart: Chart) -> str:
    """The chart as an SVG document."""
    is_line = not chart.is_list and len(chart.labels) > MOST_BARS
    kind = pygal.HorizontalBar if chart.is_list else pygal.Line if is_line else pygal.Bar
    drawing = kind(
        width=WIDTH,
        height=chart.height,
        explicit_size=True,
        js=[],
        style=Style(font_family=FONT, label_font_size=13, legend_font_size=14, value_font_size=13),
        show_legend=len(chart.series) > 1,
        legend_at_bottom=True,
        legend_at_bottom_columns=1,
        print_values=not is_line,
        print_values_position="top",
        value_formatter=lambda value: "" if value is None else number_in_words(value),
        truncate_label=34,
        truncate_legend=-1,
        x_label_rotation=0 if chart.is_list else 40,
        show_x_guides=chart.is_list,
        show_y_guides=not chart.is_list,
        no_data_text=_("Nothing to draw"),
        include_x_axis=True,
        spacing=14,
        max_scale=8,
    )
    order = list(reversed(range(len(chart.labels)))) if chart.is_list else list(range(len(chart.labels)))
    drawing.x_labels = [chart.labels[place] for place in order]
    for series in chart.series:
        drawing.add(series.name, [series.values[place] for place in order])
    return tostring(_plain(fromstring(drawing.render()), chart), encoding="unicode")


def _plain(svg: Element, chart: Chart) -> Element:
    """Replace style sheet, scripts and hints for the mouse by attributes; say what it is."""
    plain = Element("svg", {"xmlns": SVG[1:-1], "viewBox": f"0 0 {WIDTH} {chart.height}", "role": "img"})
    plain.attrib |= {"width": str(WIDTH), "height": str(chart.height), "font-family": FONT, "font-size": "13"}
    plain.attrib |= {"aria-labelledby": "chart-title chart-desc", "fill": INK}
    SubElement(plain, "title", {"id": "chart-title"}).text = chart.title
    SubElement(plain, "desc", {"id": "chart-desc"}).text = chart.description
    _hatch(SubElement(plain, "defs"))
    SubElement(plain, "rect", {"width": "100%", "height": "100%", "fill": PAPER})
    for child in svg:
        _copy(child, plain, ("flat" if chart.is_list else "slanted",))
    return plain


def _hatch(defs: Element) -> None:
    """A second series is told from the first by its stripes, whatever the eye makes of colours."""
    size = {"width": "7", "height": "7"}
    placed = {"id": "stripes", "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = SubElement(defs, "pattern", size | placed)
    SubElement(pattern, "rect", size | {"fill": PAPER})
    SubElement(pattern, "rect", {"width": "4", "height": "7", "fill": colours()[1]})


LEFT_OUT = ("defs", "title", "desc")
HIDDEN = {"background", "tooltip-overlay", "overlay", "tooltip"}
KEPT = {"x", "y", "width", "height", "d", "cx", "cy", "r", "transform", "points"}


def _copy(node: Any, parent: Element, above: tuple[str, ...]) -> None:
    """Copy a node with the attributes its classes stand for."""
    if not isinstance(node.tag, str):
        return
    name, classes = node.tag.removeprefix(SVG), tuple(node.get("class", "").split())
    if name in LEFT_OUT or HIDDEN & set(classes):
        return
    around = (*above, *classes)
    copied = SubElement(parent, name, {key: value for key, value in node.attrib.items() if key in KEPT})
    copied.attrib |= _looks(name, classes, around)
    copied.text = node.text
    for child in node:
        _copy(child, copied, around)


def _looks(name: str, classes: tuple[str, ...], around: tuple[str, ...]) -> dict[str, str]:
    place = 1 if "color-1" in around else 0
    if name == "rect":
        return {"fill": "url(#stripes)" if place else colours()[0], "stroke": colours()[place]}
    if name == "path" and "axis" in around:
        return {"stroke": INK if "axis" in classes else GUIDE, "fill": "none"}
    if name == "path":
        return {"stroke": colours()[place], "stroke-width": "2.5", "fill": "none", "stroke-dasharray": DASHES[place]}
    if name == "circle":
        return {"fill": PAPER if place else colours()[0], "stroke": colours()[place], "stroke-width": "2"}
    if name == "text":
        return _placed(around)
    return {}


def _placed(around: tuple[str, ...]) -> dict[str, str]:
    """Where a text stands to its point."""
    if "legend" in around or ("axis" in around and "x" in around and "slanted" in around):
        return {"text-anchor": "start"}
    if "value" in around and "flat" in around:
        return {"text-anchor": "start", "dx": "4"}
    return {"text-anchor": "end" if "axis" in around and "y" in around else "middle"}
