"""How figures are shown, and which are not."""

from __future__ import annotations

from django.utils.formats import number_format

from procedures.plugins import Figure

SMALLEST_SAMPLE = 5
"""Below, a median or a share might tell the story of one resident."""


def in_words(figure: Figure) -> str:
    """The figure as it is shown, at most one decimal, its unit after a space that does not break."""
    value = round(figure.value or 0, 1)
    number = number_format(int(value) if value == int(value) else value)
    return f"{number}\u00a0{figure.unit}".strip()
