"""Less looking for garbage: what a start leaves lives as long as the process, and need not be looked through again."""

from __future__ import annotations

import gc

YOUNG = 20_000
"""New objects between two looks; Python's own 700 make several looks of each page, an eighth of long work."""


def settle() -> None:
    """Call it once everything is imported, before a fork if there is one."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 50)
