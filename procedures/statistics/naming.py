"""Names of what is counted apart, read once and not joined."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from cms.pages import site
from directory.models import District
from procedures.inbox.desk import names
from procedures.inbox.transitions import Channel
from procedures.statistics.models import NOWHERE


def district_names() -> dict[int, str]:
    """Names of districts by id."""
    return site.shared("figures-districts", lambda: dict(District.objects.values_list("pk", "name")))


def _channels() -> dict[str, str]:
    return {str(channel.value): str(channel.label) for channel in Channel}


NAMES: Mapping[str, Callable[[], Mapping[Any, str]]] = {
    "department_id": names.departments,
    "procedure_id": names.procedures,
    "channel": _channels,
    "district_id": district_names,
}


def name_of(column: str, key: Any) -> str:
    """The name of one department, procedure, channel or district."""
    if key == NOWHERE:
        return _("Without a district")
    return NAMES[column]().get(key) or _("No longer in use (%(id)s)") % {"id": key}
