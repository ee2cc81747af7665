"""What spreadsheets cannot hold."""

from __future__ import annotations

import re

MOST_ROWS = 1_048_575
"""Below the headings, in one sheet of Excel or LibreOffice."""
MOST_CHARACTERS = 32_767
"""In one cell of Excel."""
CUT = " […]"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML cannot say."""


def fitting(text: str) -> tuple[str, bool]:
    """The text as a cell can hold it, and whether its end was cut off."""
    text = FORBIDDEN.sub("", text)
    if len(text) <= MOST_CHARACTERS:
        return text, False
    return text[: MOST_CHARACTERS - len(CUT)] + CUT, True
