"""Pictures of the town: buildings, streets, the market."""

from __future__ import annotations

from demo.pictures.kit import (
    BRICK,
    CREAM,
    DEEP,
    GRASS,
    INK,
    LEAF,
    LINE,
    MIST,
    PAPER,
    RIVER,
    ROSE,
    SLATE,
    STONE,
    SUN,
    WHITE,
    WOOD,
    at,
    bench,
    cloud,
    disc,
    ground,
    house,
    oval,
    path,
    rect,
    scene,
    sun,
    terrace,
    tree,
    windows,
)
from demo.pictures.people import child, in_wheelchair, person


def mairie() -> str:
    """The town hall on its square."""
    front = (
        rect(330, 250, 540, 270, WHITE),
        path("M310 250L600 120L890 250z", SLATE),
        rect(575, 60, 50, 110, WHITE),
        path("M568 62L600 20L632 62z", SLATE),
        disc(600, 104, 17, SUN),
        path("M600 94v10l8 5", stroke=INK, width=3),
        windows(366, 292, 4, 1, MIST),
        windows(640, 292, 4, 1, MIST),
        windows(366, 400, 3, 1, MIST),
        windows(698, 400, 3, 1, MIST),
        path("M548 520v-94a52 52 0 0 1 104 0v94z", RIVER),
        rect(520, 512, 160, 10, STONE),
        rect(330, 366, 540, 8, LINE),
    )
    return scene(
        sun(1010, 130),
        cloud(210, 150),
        cloud(930, 90, 0.6),
        terrace(20, 520, (180, 210, CREAM, SLATE), (110, 250, WHITE, BRICK)),
        terrace(880, 520, (150, 220, WHITE, SLATE), (150, 180, ROSE, SLATE)),
        *front,
        ground(520, LINE),
        path("M0 600L1200 560V675H0z", PAPER),
        tree(180, 560, 0.9),
        tree(1060, 556, 0.8, GRASS),
        bench(300, 596),
        person(470, 620, top=RIVER, skin=1, style="bun", arm="up"),
        in_wheelchair(740, 622, flip=True),
        person(900, 628, top=SUN, skin=2, style="afro", flip=True),
        child(560, 636, skin=0, style="long", hair=WOOD),
    )


def _stall(x: float, colour: str, *fruit: str) -> str:
    stripes = "".join(
        path(f"M{x + i * 52} 300h52v44a26 26 0 0 1-52 0z", colour if i % 2 == 0 else WHITE) for i in range(6)
    )
    crates = "".join(
        rect(x + 14 + i * 96, 470, 84, 44, WOOD, 4)
        + "".join(disc(x + 34 + i * 96 + j * 22, 468, 15, tone) for j in range(3))
        for i, tone in enumerate(fruit)
    )
    return (
        rect(x + 8, 330, 10, 240, SLATE)
        + rect(x + 294, 330, 10, 240, SLATE)
        + rect(x, 510, 312, 70, PAPER, 4)
        + rect(x, 510, 312, 12, LINE)
        + crates
        + stripes
    )


def marche() -> str:
    """Market stalls under the trees."""

    return scene(
        cloud(180, 130),
        cloud(820, 100, 0.8),
        terrace(
            0,
            470,
            (170, 190, WHITE, SLATE),
            (150, 220, CREAM, BRICK),
            (190, 200, ROSE, SLATE),
            (150, 240, WHITE, SLATE),
            (200, 190, CREAM, SLATE),
            (180, 230, WHITE, BRICK),
            (160, 190, ROSE, SLATE),
        ),
        ground(470, LINE),
        tree(600, 500, 1.1, GRASS),
        person(240, 520, top=LEAF, skin=3, style="cap", hair=BRICK),
        person(960, 520, top=BRICK, skin=2, style="short"),
        _stall(90, BRICK, SUN, BRICK, GRASS),
        _stall(800, RIVER, ROSE, LEAF, SUN),
        ground(580, PAPER),
        person(480, 640, top=SUN, skin=1, style="veil", hair=DEEP, flip=True, arm="out", scale=1.1),
        person(700, 650, top=RIVER, skin=0, style="bun", hair=STONE, arm="out", scale=1.1),
        child(600, 650, top=BRICK, skin=4, style="afro"),
    )


def commerces() -> str:
    """A shopping street with a terrace."""

    def shop(x: float, colour: str, wall: str) -> str:
        return (
            house(x, 420, 250, 250, wall)
            + rect(x, 380, 250, 180, wall)
            + rect(x + 14, 400, 222, 40, colour, 4)
            + rect(x + 20, 452, 130, 86, MIST, 4)
            + rect(x + 166, 452, 62, 108, colour, 4)
            + "".join(
                path(f"M{x + 14 + i * 37} 440h37v18a18 18 0 0 1-37 0z", colour if i % 2 else WHITE) for i in range(6)
            )
        )

    table = oval(0, -74, 52, 11, WHITE) + rect(-5, -72, 10, 70, SLATE) + oval(0, -2, 30, 7, SLATE)
    return scene(
        cloud(200, 90),
        cloud(960, 70, 0.8),
        shop(40, BRICK, WHITE),
        shop(320, LEAF, CREAM),
        shop(600, RIVER, WHITE),
        shop(880, BRICK, ROSE),
        ground(560, LINE),
        ground(610, PAPER),
        at(440, 640, table),
        at(700, 644, table),
        path("M560 640V330", stroke=SLATE, width=8),
        path("M420 340Q560 230 700 340z", SUN),
        path("M490 322Q560 240 630 322z", CREAM),
        person(250, 640, top=LEAF, skin=3, style="bun", arm="out"),
        in_wheelchair(940, 648, top=BRICK, skin=2, style="afro", flip=True),
        person(1080, 640, top=WHITE, legs=SLATE, skin=1, style="short", flip=True, arm="up"),
    )


def lampadaire() -> str:
    """A street at night, three lamps of which one is out."""

    def lamp(x: float, lit: bool) -> str:
        glow = path(f"M{x + 70} 236L{x - 60} 600H{x + 210}z", "#3d6a70") if lit else ""
        return (
            glow
            + rect(x - 7, 200, 14, 400, INK, 4)
            + path(f"M{x} 204q6-40 70-34", stroke=INK, width=12)
            + path(f"M{x + 40} 176h62l-14 36h-34z", INK)
            + oval(x + 71, 216, 20, 8, SUN if lit else SLATE)
        )

    stars = "".join(disc(60 + i * 97, 50 + (i * 61) % 110, 3 + i % 2, CREAM) for i in range(12))
    night = (
        house(x, 560, w, h, wall, INK)
        for x, w, h, wall in (
            (20, 190, 220, RIVER),
            (220, 150, 270, "#2a6573"),
            (380, 200, 230, RIVER),
            (590, 160, 290, "#2a6573"),
            (760, 190, 220, RIVER),
            (960, 210, 260, "#2a6573"),
        )
    )
    return scene(
        stars,
        disc(1040, 110, 46, CREAM),
        disc(1022, 100, 42, DEEP),
        *night,
        ground(560, INK),
        lamp(200, True),
        lamp(560, False),
        lamp(920, True),
        ground(600, "#22343b"),
        path("M80 640h120M300 640h120M520 640h120M740 640h120M960 640h120", stroke=SLATE, width=8),
        person(520, 625, top=SUN, legs=BRICK, skin=3, style="cap", hair=SUN, arm="up", scale=1.05),
        sky=DEEP,
    )


def ecole() -> str:
    """The school gate in the morning."""
    return scene(
        sun(150, 130),
        cloud(480, 110),
        cloud(980, 130, 0.8),
        rect(240, 210, 720, 310, WHITE),
        path("M220 210L600 90L980 210z", BRICK),
        disc(600, 164, 24, CREAM),
        windows(290, 250, 4, 1, MIST, (66, 80)),
        windows(690, 250, 4, 1, MIST, (66, 80)),
        windows(290, 370, 3, 1, MIST, (66, 80)),
        windows(756, 370, 3, 1, MIST, (66, 80)),
        rect(520, 240, 160, 44, RIVER, 6),
        path("M545 262h26M584 262h32M630 262h26", stroke=WHITE, width=8),
        rect(540, 350, 120, 170, RIVER, 6),
        rect(598, 350, 4, 170, WHITE),
        ground(520, LINE),
        tree(120, 560, 1.1),
        tree(1090, 560, 1.1, GRASS),
        ground(560, PAPER),
        *(rect(60 + i * 130, 640, 84, 20, WHITE) for i in range(9)),
        child(380, 610, top=SUN, skin=2, style="afro", arm="up"),
        child(480, 616, top=BRICK, skin=0, style="long", hair=WOOD),
        child(730, 612, top=LEAF, skin=3, style="short", flip=True),
        person(820, 618, top=RIVER, skin=1, style="veil", hair=BRICK, flip=True, arm="out", scale=1.05),
        person(270, 616, top=DEEP, legs=SLATE, skin=4, style="bald", arm="out", scale=1.05),
    )


PICTURES = {"mairie": mairie, "marche": marche, "commerces": commerces, "lampadaire": lampadaire, "ecole": ecole}
