"""One difference between two versions, said in words."""

from __future__ import annotations

from dataclasses import dataclass

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Difference:
    """A sentence, in the language that was active when it was made."""

    kind: str
    """added, removed or changed."""
    place: str
    """Title of the step, or label of the group, it is about; "" for the whole procedure."""
    text: str
    is_for_residents: bool = False
    """Whether it concerns what a resident answers, declares or is promised."""
