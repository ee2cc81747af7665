"""What the city itself wrote into the link that led here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from procedures.plugins import PrefillSource, Visit

ORIGIN = _("Taken from the link that we sent you.")


class Signed(PrefillSource):
    """A parameter of a link that the city has signed, for one procedure and some time."""

    slug = "signed"
    label = _("A link signed by the city")

    def value(self, key: str, visit: Visit) -> tuple[str, Any] | None:
        """The parameter of that name."""
        known = visit.signed.get(key)
        return (known, ORIGIN) if known else None
