"""Contrast between two colours (WCAG 2.2, success criterion 1.4.3)."""

from __future__ import annotations

MINIMUM_TEXT_CONTRAST = 4.5


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, from 0 (black) to 1 (white)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float | None:
    """Ratio from 1 to 21; None where one of them is no ``#rrggbb``."""
    try:
        light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    except (ValueError, IndexError):
        return None
    return (light + 0.05) / (dark + 0.05)
