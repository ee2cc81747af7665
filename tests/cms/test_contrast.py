"""The colours of tokens.css are legible, pair by pair, in light and in dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text()
NAMED = {"black": "#000000", "white": "#ffffff"}

TEXT, INTERFACE = 4.5, 3.0
TEXT_PAIRS = [
    *[(ink, paper) for ink in ("ink", "ink-soft", "city", "accent") for paper in ("paper", "surface")],
    *[(state, paper) for state in ("ok", "wait", "error") for paper in ("paper", "surface")],
    *[("ink", f"{colour}-soft") for colour in ("city", "accent", "sun", "ok", "error")],
    *[("ink-soft", f"{colour}-soft") for colour in ("city", "sun")],
    *[("city", f"{colour}-soft") for colour in ("city", "sun", "ok", "error")],
    *[(colour, f"{colour}-soft") for colour in ("accent", "ok", "error")],
    ("on-city", "city"),
    ("on-strong", "city-strong"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-sun", "sun"),
]
INTERFACE_PAIRS = [
    *[(edge, paper) for edge in ("field-line", "focus", "city", "accent", "error") for paper in ("paper", "surface")],
    ("city", "line"),
    ("accent", "line"),
    ("sun", "city-strong"),
    ("field-line", "surface"),
]


def block(text: str, opening: str) -> dict[str, str]:
    """The custom properties of the rule that begins with ``opening``."""
    start = text.index(opening) + len(opening)
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", text[start : text.index("}", start)]))


LIGHT = block(TOKENS, ":root {")
DARK = LIGHT | block(TOKENS[TOKENS.index("(prefers-color-scheme: dark)") :], ":root {")
MODES = {"light": LIGHT, "dark": DARK}


def linear(colour: str) -> list[float]:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]


def oklab(rgb: list[float]) -> list[float]:
    red, green, blue = rgb
    cones = (
        0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
        0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
        0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
    )
    long, medium, short = (value ** (1 / 3) for value in cones)
    return [
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    ]


def from_oklab(lab: list[float]) -> list[float]:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    rgb = [
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    ]
    return [min(max(value, 0.0), 1.0) for value in rgb]


def resolve(value: str, tokens: dict[str, str]) -> list[float]:
    """A colour as linear red, green and blue: #rrggbb, var() or color-mix() in oklab."""
    if reference := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return resolve(tokens[reference[1]], tokens)
    if mix := re.fullmatch(r"color-mix\(in oklab, (.+) (\d+)%, (.+)\)", value):
        share = int(mix[2]) / 100
        first, second = (oklab(resolve(part, tokens)) for part in (mix[1], mix[3]))
        return from_oklab([share * one + (1 - share) * other for one, other in zip(first, second, strict=True)])
    return linear(NAMED.get(value, value))


def contrast(one: str, other: str, tokens: dict[str, str]) -> float:
    lights = (
        0.2126 * red + 0.7152 * green + 0.0722 * blue
        for red, green, blue in (resolve(tokens[name], tokens) for name in (one, other))
    )
    dark, light = sorted(lights)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("ink", "paper"), TEXT_PAIRS, ids=lambda name: name)
def test_text_is_legible(mode, ink, paper):
    assert contrast(ink, paper, MODES[mode]) >= TEXT


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("edge", "paper"), INTERFACE_PAIRS, ids=lambda name: name)
def test_edge_is_visible(mode, edge, paper):
    assert contrast(edge, paper, MODES[mode]) >= INTERFACE


def test_measure_agrees_with_known_ratios():
    assert contrast("a", "b", {"a": "#000000", "b": "#ffffff"}) == pytest.approx(21)
    assert contrast("a", "b", {"a": "#777777", "b": "#ffffff"}) == pytest.approx(4.48, abs=0.01)
    mixed = resolve("color-mix(in oklab, var(--a) 50%, white)", {"a": "#000000"})
    assert mixed[0] == pytest.approx(0.125, abs=0.001)


@pytest.mark.parametrize("path", sorted(Path(settings.BASE_DIR).glob("static/css/*.css")), ids=lambda path: path.name)
def test_colours_are_written_in_the_tokens_alone(path):
    allowed = {"tokens.css": None, "print.css": {"#000000", "#ffffff"}}
    found = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text()))
    assert allowed.get(path.name, set()) is None or found <= allowed.get(path.name, set())


@pytest.mark.parametrize("path", sorted(Path(settings.BASE_DIR).glob("static/css/*.css")), ids=lambda path: path.name)
def test_nothing_is_said_in_left_and_right(path):
    physical = (
        r"(?:margin|padding|border)-(?:left|right|top|bottom)\b|[;{]\s*(?:left|right|top|bottom|width|height)\s*:"
    )
    assert not re.search(physical, path.read_text())
    assert not re.search(r"text-align:\s*(?:left|right)|float:\s*(?:left|right)", path.read_text())
