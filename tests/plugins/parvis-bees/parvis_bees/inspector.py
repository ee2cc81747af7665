"""Who inspects the hives of the town, from a file of the package."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext_lazy as _

from procedures.plugins import PrefillSource, Visit


class Inspector(PrefillSource):
    """Keys: ``name``, ``phone``."""

    slug = "hive_inspector"
    label = _("Inspector of hives")

    def value(self, key: str, visit: Visit) -> tuple[str, Any] | None:
        """What the package knows; None of anything else."""
        known = inspectors().get(key)
        return (known, _("From the list of inspectors of hives.")) if known else None


@cache
def inspectors() -> dict[str, str]:
    """Read once per process."""
    found: dict[str, str] = json.loads((files("parvis_bees") / "inspectors.json").read_text(encoding="utf-8"))
    return found
