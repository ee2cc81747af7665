"""Pictures of the open air: river, park, quarry, quays."""

from __future__ import annotations

from demo.pictures.kit import (
    BRICK,
    CREAM,
    DEEP,
    GRASS,
    INK,
    LEAF,
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
    bench,
    cloud,
    disc,
    ground,
    hill,
    house,
    oval,
    path,
    poplar,
    rect,
    scene,
    sun,
    terrace,
    tree,
    waves,
)
from demo.pictures.people import child, in_wheelchair, person


def riviere() -> str:
    """The river in flood below the old bridge."""
    arches = "".join(path(f"M{x} 430a70 70 0 0 1 140 0z", WATER) for x in (120, 320, 520, 720, 920))
    return scene(
        sun(220, 130, 50),
        cloud(560, 120),
        cloud(960, 160, 0.8),
        hill(-100, 380, 700, 90, SAGE),
        hill(500, 380, 900, 120, SAGE),
        terrace(70, 330, (110, 130, WHITE, SLATE), (130, 160, CREAM, SLATE), (100, 120, ROSE, SLATE)),
        terrace(760, 330, (130, 150, CREAM, SLATE), (110, 120, WHITE, BRICK), (120, 170, WHITE, SLATE)),
        rect(0, 330, WIDTH, 100, STONE),
        rect(0, 316, WIDTH, 18, SLATE),
        arches,
        ground(430, WATER),
        waves(470, WHITE),
        waves(540, RIVER, 6, 60),
        waves(600, WHITE, 7, 20),
        path("M880 560q90 40 220 0l-20 46q-90 20-180 0z", WOOD),
        rect(980, 470, 8, 92, WOOD),
        path("M988 474q70 30 0 78z", PAPER),
        poplar(60, 330, 0.9),
        poplar(1150, 330, 0.9),
        rect(40, 470, 18, 170, WHITE),
        *(rect(40, 486 + i * 40, 18, 18, BRICK) for i in range(4)),
    )


def parc() -> str:
    """The park: a bandstand, trees, a bench."""
    kiosk = (
        path("M620 250L780 170L940 250z", BRICK),
        rect(640, 250, 280, 14, WHITE),
        disc(780, 166, 10, SUN),
        *(rect(x, 264, 10, 150, WHITE) for x in (650, 730, 820, 900)),
        rect(620, 412, 320, 44, STONE, 4),
        *(path(f"M{x} 412v-44h80", stroke=SLATE, width=5) for x in (655, 735, 815)),
    )
    return scene(
        sun(1040, 120),
        cloud(300, 110),
        cloud(700, 80, 0.6),
        hill(-80, 430, 640, 120, SAGE),
        hill(560, 430, 800, 100, SAGE),
        poplar(80, 440),
        poplar(1130, 440, 1.1),
        ground(430, GRASS),
        tree(220, 500, 1.3),
        tree(480, 450, 0.9, "#3f8560"),
        tree(1040, 490, 1.2),
        *kiosk,
        path("M500 675Q640 520 860 480Q960 460 1200 470V500Q900 520 800 675z", CREAM),
        bench(300, 560, 1.1),
        person(560, 640, top=BRICK, skin=2, style="short", scale=1.05),
        child(640, 646, top=SUN, skin=2, arm="up"),
        in_wheelchair(830, 640, top=WHITE, skin=0, style="short", hair=STONE),
        path("M150 640q10-30 20 0M1050 600q10-30 20 0M1090 620q10-30 20 0", stroke=LEAF, width=6),
    )


def velo() -> str:
    """Bicycles along the river."""

    def bike(x: float, y: float, colour: str, flip: bool = False) -> str:
        wheels = "".join(
            f'<circle cx="{cx}" cy="-44" r="44" fill="none" stroke="{INK}" stroke-width="7"/>' for cx in (-80, 80)
        )
        frame = path(
            "M-80-44l50-76h76l-52 76h-74M-30-120l24 76M46-120l34 76M46-120l-6-24h26M-30-120l-6-18",
            stroke=colour,
            width=9,
        )
        return at(x, y, wheels, frame, rect(-56, -146, 40, 10, INK, 5), flip=flip)

    return scene(
        sun(180, 140),
        cloud(520, 120),
        cloud(1000, 150, 0.8),
        hill(-60, 380, 640, 100, SAGE),
        hill(480, 380, 820, 130, SAGE),
        ground(370, WATER),
        waves(400, WHITE),
        ground(450, GRASS),
        path("M0 520Q600 470 1200 520V675H0z", CREAM),
        poplar(90, 470),
        tree(1110, 500, 1.1),
        tree(980, 480, 0.8, LEAF),
        person(330, 596, top=BRICK, skin=4, style="cap", hair=SUN, arm="out"),
        bike(430, 610, RIVER),
        bike(800, 626, BRICK, flip=True),
        person(880, 612, top=RIVER, skin=0, style="long", hair=WOOD, arm="up", flip=True),
        child(620, 640, top=SUN, skin=1, style="bun"),
    )


def ardoise() -> str:
    """The old slate quarry and its headframe."""
    sheets = "".join(
        path(f"M{820 + i * 60} 610l34-{90 + (i % 3) * 22}h40l-30 {90 + (i % 3) * 22}z", SLATE if i % 2 else DEEP)
        for i in range(5)
    )
    frame = path(
        "M420 560L500 160H560L640 560M440 470H620M456 380H604M474 280H586M440 470L604 380M620 470L456 380"
        "M456 380L586 280M604 380L474 280",
        stroke=BRICK,
        width=14,
    )
    wheel = f'<circle cx="530" cy="150" r="56" fill="none" stroke="{INK}" stroke-width="12"/>'
    return scene(
        sun(960, 140),
        cloud(240, 140),
        hill(-100, 480, 700, 140, SAGE),
        hill(620, 480, 760, 120, SAGE),
        ground(480, GRASS),
        path("M0 560L420 540L760 570L1200 540V675H0z", STONE),
        house(680, 556, 220, 150, SLATE, DEEP),
        frame,
        wheel,
        path("M530 94v112M474 150h112", stroke=INK, width=8),
        path("M586 150L740 420", stroke=INK, width=5),
        sheets,
        tree(150, 560, 1),
        oval(240, 640, 200, 26, WATER),
        person(330, 620, top=RIVER, skin=0, style="cap", hair=SLATE, arm="out"),
    )


def familles() -> str:
    """A family on the quay."""
    pram = (
        path("M-60-90a60 60 0 0 1 60-60v60h60a60 60 0 0 1-120 0z", BRICK)
        + disc(-36, -14, 16, SLATE)
        + disc(36, -14, 16, SLATE)
        + path("M60-92l40-40", stroke=SLATE, width=8)
    )
    return scene(
        sun(960, 130),
        cloud(260, 120),
        cloud(640, 90, 0.7),
        house(40, 400, 150, 190, CREAM),
        house(196, 400, 130, 230, WHITE, BRICK),
        house(332, 400, 170, 180, ROSE),
        hill(480, 400, 800, 110, SAGE),
        ground(400, WATER),
        waves(430, WHITE),
        ground(480, SAGE),
        ground(540, CREAM),
        tree(1080, 560, 1.2),
        person(430, 640, top=RIVER, skin=2, style="short", scale=1.35, arm="out"),
        at(630, 640, pram),
        person(790, 640, top=SUN, skin=1, style="long", scale=1.3, flip=True, arm="out"),
        child(300, 646, top=BRICK, skin=2, style="afro", arm="up", scale=0.85),
        child(930, 646, top=LEAF, skin=1, style="bun", flip=True),
    )


PICTURES = {"riviere": riviere, "parc": parc, "velo": velo, "ardoise": ardoise, "familles": familles}
