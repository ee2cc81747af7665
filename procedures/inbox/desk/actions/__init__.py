"""What an agent can do on the page of a request.

One family per file, each a tuple ``ACTIONS``; ``DESK_ACTIONS`` in the settings lists them in
the order of the page, so that rooms above the inbox add theirs.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from procedures.inbox.desk import forms
from procedures.inbox.desk.actions.entry import DeskAction
from procedures.inbox.models import ServiceRequest

__all__ = ["DeskAction", "desk_actions", "offered"]


@cache
def desk_actions() -> dict[str, DeskAction]:
    """All entries by slug, in the order of the page.

    Raises:
        ImproperlyConfigured: two entries have one slug.
    """
    entries: dict[str, DeskAction] = {}
    for path in settings.DESK_ACTIONS:
        for entry in import_string(path):
            if entry.slug in entries:
                raise ImproperlyConfigured(f"{path}: the slug {entry.slug} is taken")
            entries[entry.slug] = entry
    return entries


def offered(request: ServiceRequest, filled: forms.ActionForm | None = None) -> list[dict[str, Any]]:
    """The actions that the request's status allows, with their forms; ``filled`` keeps what was typed."""
    possible = request.possible_actions()
    return [
        {
            "slug": entry.slug,
            "label": entry.label,
            "is_grave": entry.is_grave,
            "form": filled if type(filled) is entry.form else entry.form(about=request),
            "is_open": type(filled) is entry.form,
        }
        for entry in desk_actions().values()
        if entry.action in possible and entry.is_offered(request)
    ]
