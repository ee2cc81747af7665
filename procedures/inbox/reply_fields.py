"""The fields that reply templates may hold; what they are worth for a request is in ``replies``."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PLACE = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
FIELDS: dict[str, Promise] = {
    "name": gettext_lazy("name of the resident"),
    "number": gettext_lazy("tracking number"),
    "procedure": gettext_lazy("title of the procedure"),
    "department": gettext_lazy("name of the department"),
    "agent": gettext_lazy("name of whoever writes"),
    "capacity": gettext_lazy("capacity of whoever writes"),
    "received_on": gettext_lazy("day of receipt"),
    "due_date": gettext_lazy("legal date"),
    "announced_date": gettext_lazy("announced date"),
    "missing": gettext_lazy("what was asked for last, one a line"),
}


def unknown_fields(text: str) -> list[str]:
    """The fields in ``text`` that do not exist, each once, as they are written."""
    return list(dict.fromkeys(name for name in PLACE.findall(text) if name not in FIELDS))


def what_is_wrong_with(text: str) -> str:
    """Why ``text`` cannot be kept as a template, in words; "" where it can."""
    unknown = unknown_fields(text)
    if not unknown:
        return ""
    return _("There is no field %(unknown)s. These exist: %(known)s.") % {
        "unknown": ", ".join("{{ %s }}" % name for name in unknown),  # noqa: UP031 - braces in braces read worse
        "known": ", ".join("{{ %s }}" % name for name in FIELDS),  # noqa: UP031 - as above
    }
