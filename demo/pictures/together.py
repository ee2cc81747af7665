"""Pictures of people together: council, youth, music."""

from __future__ import annotations

from demo.pictures.kit import (
    BRICK,
    CREAM,
    DEEP,
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
    oval,
    path,
    rect,
    scene,
)
from demo.pictures.people import head, in_wheelchair, paper_sheet, person, seated


def conseil() -> str:
    """The council in session, the public in front."""
    seats = "".join(
        at(x, y, path("M-34 20v-50a34 34 0 0 1 68 0v50z", top), at(0, -50, head(skin, hair, style)))
        for x, y, top, skin, hair, style in (
            (180, 360, RIVER, 0, STONE, "short"),
            (320, 330, BRICK, 2, INK, "afro"),
            (460, 312, DEEP, 1, INK, "bun"),
            (600, 306, SUN, 3, WOOD, "long"),
            (740, 312, LEAF, 4, INK, "bald"),
            (880, 330, ROSE, 0, WOOD, "short"),
            (1020, 360, RIVER, 1, DEEP, "veil"),
        )
    )
    return scene(
        rect(0, 0, WIDTH, 430, CREAM),
        *(rect(60 + i * 290, 40, 210, 190, MIST, 100) for i in range(4)),
        seats,
        path("M90 400Q600 290 1110 400L1110 470Q600 360 90 470z", WOOD),
        path("M90 400Q600 290 1110 400V412Q600 302 90 412z", BRICK),
        *(at(x, y, rect(-30, -20, 60, 22, WHITE, 3)) for x, y in ((200, 392), (420, 366), (780, 366), (1000, 392))),
        ground(480, LINE),
        rect(560, 470, 80, 110, WOOD, 4),
        path("M590 470v-30", stroke=INK, width=5),
        disc(590, 436, 7, INK),
        person(600, 630, top=RIVER, skin=2, style="short", arm="out", scale=1.05),
        in_wheelchair(330, 640, top=BRICK, skin=3),
        seated(210, 640, top=LEAF, skin=0, hair=STONE),
        seated(920, 640, top=SUN, skin=4, style="bun", flip=True),
        seated(1040, 640, top=ROSE, skin=1, style="veil", hair=RIVER, flip=True),
        sky=CREAM,
    )


def jeunesse() -> str:
    """Young people at La Fabrique: a bench to work at, a guitar, a poster wall."""
    guitar = (
        path("M0 0l60-90", stroke=WOOD, width=12)
        + disc(-6, 10, 30, BRICK)
        + disc(20, -16, 20, BRICK)
        + disc(0, 2, 10, INK)
    )
    return scene(
        *(rect(60 + i * 150, 80 + (i % 2) * 30, 110, 140, (SUN, ROSE, WATER, SAGE)[i % 4], 4) for i in range(4)),
        *(
            path(
                f"M{80 + i * 150} {130 + (i % 2) * 30}h70M{80 + i * 150} {156 + (i % 2) * 30}h48", stroke=WHITE, width=9
            )
            for i in range(4)
        ),
        rect(720, 70, 420, 210, RIVER, 8),
        path("M760 120h180M760 160h260M760 200h140", stroke=CREAM, width=10),
        ground(500, LINE),
        rect(640, 430, 440, 22, WOOD, 6),
        rect(670, 452, 18, 160, WOOD),
        rect(1030, 452, 18, 160, WOOD),
        path("M800 430l-16-86h130l16 86z", SLATE),
        rect(980, 396, 60, 34, SUN, 4),
        paper_sheet(700, 342),
        person(880, 610, top=BRICK, skin=2, style="afro", scale=1.15, flip=True, arm="out"),
        person(1010, 616, top=LEAF, skin=0, style="long", hair=WOOD, scale=1.15, flip=True),
        person(200, 626, top=SUN, skin=3, style="cap", hair=RIVER, scale=1.2, arm="out"),
        at(290, 530, guitar, scale=1.3),
        seated(430, 620, top=RIVER, skin=4, style="bun", scale=1.1, flip=True),
        sky=PAPER,
    )


def musique() -> str:
    """An orchestra: cello, violins, brass."""
    cello = (
        oval(0, -60, 34, 44, WOOD)
        + oval(0, -110, 26, 32, WOOD)
        + rect(-5, -220, 10, 110, INK, 3)
        + rect(-3, -20, 6, 20, INK)
    )
    stand = path("M0 0v-120M-22 0h44", stroke=SLATE, width=6) + rect(-36, -170, 72, 52, WHITE, 3)
    return scene(
        path("M0 0H1200V140Q600 260 0 140z", BRICK),
        oval(600, 600, 620, 110, WOOD),
        oval(600, 590, 580, 92, "#bb7c4c"),
        *(disc(150 + i * 130, 170 - abs(3.5 - i) * -6, 12, SUN) for i in range(8)),
        person(600, 560, top=INK, legs=INK, skin=1, style="bun", arm="up", scale=1.1),
        rect(548, 556, 104, 24, DEEP, 4),
        seated(280, 610, top=RIVER, skin=2, style="afro"),
        at(345, 610, cello),
        at(430, 620, stand, scale=0.9),
        seated(910, 610, top=DEEP, skin=0, hair=STONE, flip=True),
        at(845, 610, cello),
        at(760, 620, stand, scale=0.9),
        person(140, 560, top=LEAF, skin=3, style="long", hair=WOOD, arm="out"),
        path("M222 440l70-20", stroke=WOOD, width=10),
        person(1100, 560, top=ROSE, skin=4, arm="out", flip=True),
        path("M1016 448h-34l-20 22v-44l20 22", SUN, SUN, 8),
        sky=DEEP,
    )


PICTURES = {"conseil": conseil, "jeunesse": jeunesse, "musique": musique}
