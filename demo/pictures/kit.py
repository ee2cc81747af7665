"""Pieces of the flat drawings, as SVG text. One unit is one pixel of a 1200 × 675 picture."""

from __future__ import annotations

WIDTH, HEIGHT = 1200, 675

PAPER, WHITE, LINE = "#fbf7f0", "#fffdf8", "#d9d2c5"
RIVER, DEEP, WATER, MIST = "#1d4f5c", "#12363f", "#8fc3cd", "#d5e7e8"
BRICK, ROSE, SUN, CREAM = "#c2452d", "#e9a08f", "#f3b63f", "#fbe6bd"
LEAF, GRASS, SAGE = "#1f6b45", "#6fa77f", "#bcd6c0"
INK, SLATE, STONE, WOOD = "#17252b", "#45565d", "#b9c1c1", "#a8693c"
SKINS = ("#f2c9a2", "#c98a58", "#7f4d2e", "#e5ab80", "#a5683f")


def scene(*parts: str, sky: str = MIST) -> str:
    """A whole picture."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"{rect(0, 0, WIDTH, HEIGHT, sky)}{''.join(parts)}</svg>"
    )


def rect(x: float, y: float, w: float, h: float, fill: str, r: float = 0) -> str:
    """A rectangle, its corners rounded by ``r``."""
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="{fill}"/>'


def disc(x: float, y: float, r: float, fill: str) -> str:
    """A disc."""
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}"/>'


def oval(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    """An ellipse."""
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="{fill}"/>'


def path(d: str, fill: str = "none", stroke: str = "none", width: float = 0) -> str:
    """A free shape."""
    return (
        f'<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{width}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def at(x: float, y: float, *parts: str, scale: float = 1, flip: bool = False) -> str:
    """Parts moved to a place, and mirrored."""
    turn = f"scale({-scale if flip else scale} {scale})"
    return f'<g transform="translate({x} {y}) {turn}">{"".join(parts)}</g>'


def ground(y: float, fill: str) -> str:
    """What is under ``y``."""
    return rect(0, y, WIDTH, HEIGHT - y, fill)


def sun(x: float, y: float, r: float = 60) -> str:
    """A low sun and its halo."""
    return disc(x, y, r * 1.5, CREAM) + disc(x, y, r, SUN)


def cloud(x: float, y: float, scale: float = 1) -> str:
    """A cloud, its base at ``y``."""
    return at(x, y, path("M-80 0a34 34 0 0 1 18-62a52 52 0 0 1 96-8a38 38 0 0 1 44 70z", WHITE), scale=scale)


def hill(x: float, y: float, w: float, h: float, fill: str) -> str:
    """A rounded hill."""
    return path(f"M{x} {y}C{x + w * 0.25} {y - h * 1.3} {x + w * 0.75} {y - h * 1.3} {x + w} {y}z", fill)


def tree(x: float, y: float, scale: float = 1, fill: str = LEAF) -> str:
    """A round tree, its foot at ``(x, y)``."""
    return at(
        x,
        y,
        rect(-9, -110, 18, 110, WOOD, 6),
        disc(0, -160, 72, fill),
        disc(-48, -122, 44, fill),
        disc(50, -118, 40, fill),
        path("M0-70v-70M0-96l24-24M0-84l-22-20", stroke=WOOD, width=8),
        scale=scale,
    )


def poplar(x: float, y: float, scale: float = 1, fill: str = GRASS) -> str:
    """A tall thin tree."""
    return at(x, y, rect(-6, -40, 12, 40, WOOD, 4), oval(0, -140, 34, 120, fill), scale=scale)


def windows(x: float, y: float, columns: int, rows: int, fill: str = CREAM, gap: tuple[int, int] = (58, 74)) -> str:
    """Tall windows in rows."""
    return "".join(
        rect(x + column * gap[0], y + row * gap[1], 28, 44, fill, 3) for column in range(columns) for row in range(rows)
    )


def house(x: float, y: float, w: float, h: float, wall: str = WHITE, roof: str = SLATE) -> str:
    """A house of the town: pale stone, slate roof, foot at ``y``."""
    columns = max(1, int((w - 20) // 58))
    margin = (w - (columns - 1) * 58 - 28) / 2
    return (
        rect(x, y - h, w, h, wall)
        + path(f"M{x - 14} {y - h}L{x + w / 2} {y - h - w * 0.42}L{x + w + 14} {y - h}z", roof)
        + windows(x + margin, y - h + 26, columns, max(1, int((h - 60) // 74)))
    )


def terrace(x: float, y: float, *sizes: tuple[float, float, str, str]) -> str:
    """Houses side by side: width, height, wall, roof."""
    drawn = []
    for width, height, wall, roof in sizes:
        drawn.append(house(x, y, width, height, wall, roof))
        x += width + 6
    return "".join(drawn)


def bench(x: float, y: float, scale: float = 1) -> str:
    """A bench."""
    return at(
        x,
        y,
        rect(-80, -44, 160, 12, WOOD, 4),
        rect(-80, -78, 160, 12, WOOD, 4),
        rect(-70, -80, 8, 80, SLATE),
        rect(62, -80, 8, 80, SLATE),
        scale=scale,
    )


def waves(y: float, fill: str, count: int = 8, start: float = 0) -> str:
    """Short strokes on water."""
    step = WIDTH / count
    return "".join(
        path(f"M{start + i * step + (i % 3) * 18} {y + (i % 2) * 22}q20 -10 40 0t40 0", stroke=fill, width=5)
        for i in range(count)
    )
