"""Invented people: standing, sitting, in a wheelchair. Feet at the origin, 210 units tall."""

from __future__ import annotations

from demo.pictures.kit import BRICK, DEEP, INK, RIVER, SKINS, SLATE, STONE, SUN, WHITE, WOOD, at, disc, path, rect


def head(skin: int, hair: str, style: str) -> str:
    """A face without features and its hair, neck at the origin."""
    tone = SKINS[skin]
    back = {
        "long": path("M-30-30a30 34 0 0 1 60 0v40a10 10 0 0 1-10 8h-40a10 10 0 0 1-10-8z", hair),
        "bun": disc(0, -66, 15, hair),
        "afro": disc(0, -38, 40, hair),
        "veil": path("M-34-30a34 36 0 0 1 68 0q2 40 18 62h-104q16-22 18-62z", hair),
    }.get(style, "")
    front = {
        "bald": "",
        "veil": path("M-30-30a30 34 0 0 1 60 0q-8-22-30-22t-30 22z", hair),
        "cap": path("M-28-34a28 26 0 0 1 56 0h22a6 6 0 0 1 0 8h-78z", hair),
    }.get(style, path("M-28-28a28 32 0 0 1 56 0q-6-16-26-16q-20 0-30 16z", hair))
    return back + rect(-8, -14, 16, 22, tone, 4) + disc(0, -30, 27, tone) + front


def person(
    x: float,
    y: float,
    *,
    top: str = BRICK,
    legs: str = DEEP,
    skin: int = 0,
    hair: str = INK,
    style: str = "short",
    scale: float = 1,
    flip: bool = False,
    arm: str = "down",
) -> str:
    """Somebody standing; ``arm`` is down, up or out."""
    arms = {
        "down": path("M30-128q14 30 10 62", stroke=top, width=18),
        "up": path("M30-126q34-20 40-66", stroke=top, width=18) + disc(71, -200, 10, SKINS[skin]),
        "out": path("M28-124q30 20 62 12", stroke=top, width=18) + disc(96, -114, 10, SKINS[skin]),
    }[arm]
    return at(
        x,
        y,
        rect(-24, -74, 20, 72, legs, 8),
        rect(4, -74, 20, 72, legs, 8),
        rect(-28, -10, 28, 12, INK, 6),
        rect(2, -10, 28, 12, INK, 6),
        path("M-36-64v-54a34 34 0 0 1 72 0v54z", top),
        path("M-30-128q-14 30-10 62", stroke=top, width=18),
        arms,
        at(0, -146, head(skin, hair, style)),
        scale=scale,
        flip=flip,
    )


def seated(
    x: float,
    y: float,
    *,
    top: str = RIVER,
    legs: str = DEEP,
    skin: int = 1,
    hair: str = INK,
    style: str = "short",
    scale: float = 1,
    flip: bool = False,
    seat: str = WOOD,
) -> str:
    """Somebody on a chair, seen from the side."""
    return at(
        x,
        y,
        rect(-40, -66, 70, 10, seat, 4),
        rect(-38, -140, 10, 140, seat, 4),
        rect(20, -60, 9, 60, seat, 4),
        path("M0-72h44v70", stroke=legs, width=24),
        path("M-28-62v-54a30 30 0 0 1 60 0v54z", top),
        path("M8-118q16 26 44 34", stroke=top, width=16),
        at(2, -140, head(skin, hair, style)),
        scale=scale,
        flip=flip,
    )


def in_wheelchair(
    x: float,
    y: float,
    *,
    top: str = SUN,
    skin: int = 3,
    hair: str = WOOD,
    style: str = "long",
    scale: float = 1,
    flip: bool = False,
) -> str:
    """Somebody in a wheelchair."""
    wheel = f'<circle cx="-8" cy="-46" r="46" fill="none" stroke="{SLATE}" stroke-width="9"/>'
    return at(
        x,
        y,
        path("M0-76h44l8 56h22", stroke=DEEP, width=22),
        path("M-28-66v-54a30 30 0 0 1 60 0v54z", top),
        at(2, -144, head(skin, hair, style)),
        wheel,
        disc(-8, -46, 7, SLATE),
        disc(56, -14, 13, STONE),
        path("M-36-92h-22", stroke=SLATE, width=8),
        path("M10-120q18 26 6 52", stroke=top, width=16),
        scale=scale,
        flip=flip,
    )


def child(
    x: float,
    y: float,
    *,
    top: str = SUN,
    skin: int = 2,
    hair: str = INK,
    style: str = "short",
    flip: bool = False,
    arm: str = "down",
    scale: float = 0.66,
) -> str:
    """A child, with a school bag."""
    bag = at(x, y, rect(-52, -116, 26, 52, BRICK, 8), scale=scale, flip=flip)
    return bag + person(x, y, top=top, skin=skin, hair=hair, style=style, scale=scale, flip=flip, arm=arm, legs=RIVER)


def paper_sheet(x: float, y: float, scale: float = 1) -> str:
    """A written sheet."""
    lines = "".join(rect(10, 14 + i * 14, 44 - (i % 3) * 10, 5, STONE, 2) for i in range(5))
    return at(x, y, rect(0, 0, 66, 88, WHITE, 4), lines, scale=scale)
