"""The same answer for everybody."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from procedures.plugins import PrefillSource, Visit

ORIGIN = _("Proposed by the department.")


class Fixed(PrefillSource):
    """What the department wrote itself, in the place of the piece."""

    slug = "fixed"
    label = _("The same answer for everybody")

    def value(self, key: str, visit: Visit) -> tuple[str, Any] | None:
        """The words themselves."""
        return (key, ORIGIN) if key else None
