"""Pictures of what people do inside: read, swim, play, eat, decide."""

from __future__ import annotations

from demo.pictures.kit import (
    BRICK,
    DEEP,
    GRASS,
    INK,
    LEAF,
    LINE,
    MIST,
    PAPER,
    RIVER,
    ROSE,
    SAGE,
    SLATE,
    STONE,
    SUN,
    WATER,
    WHITE,
    WIDTH,
    WOOD,
    at,
    disc,
    ground,
    hill,
    oval,
    path,
    rect,
    scene,
    waves,
)
from demo.pictures.people import child, head, in_wheelchair, person, seated


def shelf(x: float, y: float, w: float) -> str:
    """A row of books, its plank at ``y``."""
    tones = (BRICK, SUN, RIVER, LEAF, ROSE, DEEP, WHITE, GRASS)
    books, left, i = "", x + 8, int(x + y)
    while left < x + w - 34:
        width, height = 14 + (i * 7) % 14, 62 + (i * 13) % 26
        books += rect(left, y - height, width, height, tones[i % len(tones)], 2)
        left, i = left + width + 3, i + 3
    return books + rect(x, y, w, 12, WOOD)


def mediatheque() -> str:
    """The library: shelves, readers, a story told in sign language."""
    rows = "".join(shelf(40, y, 520) for y in (180, 300, 420)) + "".join(shelf(900, y, 260) for y in (180, 300, 420))
    window = (
        rect(610, 90, 240, 300, MIST, 120) + hill(610, 390, 240, 80, SAGE) + path("M730 90v300", stroke=WHITE, width=8)
    )
    return scene(
        rows,
        window,
        ground(500, LINE),
        oval(640, 610, 360, 50, ROSE),
        person(760, 600, top=SUN, skin=2, style="afro", arm="up", scale=1.1),
        child(560, 630, top=RIVER, skin=0, style="long", hair=WOOD, arm="up"),
        child(650, 646, top=BRICK, skin=3),
        in_wheelchair(450, 640, top=LEAF, skin=1, style="bun", scale=0.9),
        seated(230, 600, top=BRICK, skin=4, style="veil", hair=RIVER),
        at(258, 470, rect(0, 0, 60, 44, WHITE, 4)),
        seated(1010, 600, top=WHITE, skin=0, hair=STONE, flip=True),
        at(930, 474, rect(0, 0, 54, 40, SUN, 4)),
        sky=PAPER,
    )


def _swimmer(x: float, y: float, skin: str, cap: str) -> str:
    return (
        path(f"M{x - 100} {y}q40-26 90 0", stroke=skin, width=18)
        + disc(x + 26, y - 8, 28, skin)
        + path(f"M{x - 2} {y - 12}a28 28 0 0 1 56 0z", cap)
        + path(f"M{x - 130} {y + 14}q30-10 60 0t60 0t60 0", stroke=WHITE, width=6)
    )


def piscine() -> str:
    """The pool and its lanes."""
    lanes = "".join(
        path(f"M0 {y}H1200", stroke=WHITE, width=6)
        + path(f"M0 {y}H1200", stroke=BRICK, width=6).replace(
            "stroke-linecap", 'stroke-dasharray="26 26" stroke-linecap'
        )
        for y in (430, 520, 610)
    )

    panes = "".join(rect(40 + i * 228, 60, 208, 210, MIST, 6) for i in range(5))
    return scene(
        panes,
        hill(40, 270, 420, 90, SAGE),
        hill(500, 270, 620, 80, SAGE),
        *(rect(248 + i * 228, 40, 20, 250, WHITE) for i in range(4)),
        ground(270, LINE),
        ground(360, WATER),
        rect(0, 350, WIDTH, 14, WHITE),
        lanes,
        waves(470, MIST),
        waves(560, MIST, 6, 70),
        _swimmer(420, 478, "#c98a58", BRICK),
        _swimmer(860, 566, "#f2c9a2", SUN),
        _swimmer(240, 640, "#7f4d2e", WHITE),
        person(200, 356, top=BRICK, legs=BRICK, skin=3, style="bun", scale=0.85, arm="out"),
        in_wheelchair(1010, 352, top=RIVER, skin=0, style="short", scale=0.85),
        at(
            640,
            350,
            rect(-40, -70, 80, 60, SUN, 6),
            rect(-30, -20, 10, 20, SLATE),
            rect(20, -20, 10, 20, SLATE),
            rect(-22, -56, 44, 6, INK, 3),
        ),
        sky=PAPER,
    )


def theatre() -> str:
    """A stage under the timber roof of the old halls."""
    beams = "".join(path(f"M{x} 0L600 150L{WIDTH - x} 0", stroke=WOOD, width=16) for x in (0, 160, 320))
    heads = "".join(
        at(
            90 + i * 104 + (j * 52),
            640 - j * 54,
            path("M-40 60v-22a40 40 0 0 1 80 0v22z", INK),
            disc(0, -14, 26, (INK, "#22343b")[i % 2]),
        )
        for j in (0,)
        for i in range(11)
    )
    return scene(
        beams,
        rect(150, 130, 900, 380, DEEP),
        path("M420 510L520 150H680L820 510z", "#2a6573"),
        path("M150 120h900v56q-75 44-150 0q-75 44-150 0q-75 44-150 0q-75 44-150 0q-75 44-150 0q-75 44-150 0z", BRICK),
        path("M150 120h110q30 200-40 390h-70z", BRICK),
        path("M1050 120h-110q-30 200 40 390h70z", BRICK),
        path("M190 140q16 180-20 360M1010 140q-16 180 20 360", stroke="#9c3522", width=10),
        rect(110, 510, 980, 40, WOOD),
        person(520, 512, top=SUN, legs=WHITE, skin=1, style="long", arm="up", scale=1.15),
        person(690, 512, top=WHITE, legs=RIVER, skin=2, style="afro", arm="out", scale=1.15, flip=True),
        rect(820, 430, 70, 80, WOOD, 4),
        ground(600, INK),
        heads,
        sky=WOOD.replace("#a8693c", "#5b3a22"),
    )


def cantine() -> str:
    """Children at the canteen table."""

    def plate(x: float) -> str:
        return (
            oval(x, 452, 52, 14, WHITE)
            + disc(x - 16, 446, 12, LEAF)
            + disc(x + 8, 444, 13, BRICK)
            + disc(x + 24, 448, 9, SUN)
        )

    eaters = "".join(
        at(x, 432, path("M-44 30v-54a44 44 0 0 1 88 0v54z", top), at(0, -58, head(skin, hair, style), scale=1.25))
        for x, top, skin, hair, style in (
            (230, SUN, 2, INK, "afro"),
            (410, RIVER, 0, WOOD, "long"),
            (600, BRICK, 3, INK, "short"),
            (790, LEAF, 1, INK, "bun"),
            (970, ROSE, 4, DEEP, "short"),
        )
    )
    return scene(
        *(rect(60 + i * 290, 70, 210, 170, MIST, 8) for i in range(4)),
        *(hill(60 + i * 290, 240, 210, 60, SAGE) for i in range(4)),
        person(1100, 520, top=WHITE, legs=SLATE, skin=1, style="cap", hair=WHITE, scale=1.3, flip=True, arm="out"),
        ground(520, LINE),
        eaters,
        rect(110, 452, 980, 30, WOOD, 8),
        rect(160, 482, 24, 160, WOOD),
        rect(1016, 482, 24, 160, WOOD),
        *(plate(x) for x in (230, 410, 600, 790, 970)),
        path("M500 452v-56h34v56z", WATER),
        path("M690 452v-30q20-24 40 0v30z", SUN),
        sky=PAPER,
    )


PICTURES = {"mediatheque": mediatheque, "piscine": piscine, "theatre": theatre, "cantine": cantine}
