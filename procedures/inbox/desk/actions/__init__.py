"""What an agent can do on the page of a request.

One family per file, each a tuple ``ACTIONS``; ``DESK_ACTIONS`` in the settings lists them in
the order of the page, so that rooms above the inbox add theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from cms.accounts.models import User
from procedures.inbox.desk import forms
from procedures.inbox.desk.actions.entry import DeskAction
from procedures.inbox.models import ServiceRequest
from procedures.inbox.transitions import Status

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


def offered(
    request: ServiceRequest,
    user: User | None = None,
    filled: forms.ActionForm | None = None,
    unsent: Mapping[str, dict[str, Any]] | None = None,
) -> list[dict[str, Any]]:
    """The actions that the request's status allows, the likely one first.

    Args:
        filled: the form that was sent and comes back, with what was typed.
        unsent: what was typed for other actions (``desk.unsent``).
    """
    unsent = unsent or {}
    possible, likely = request.possible_actions(), likely_slug(request, user)
    found = [
        {
            "slug": entry.slug,
            "label": entry.label,
            "key": entry.key,
            "is_grave": entry.is_grave,
            "is_likely": entry.slug == likely,
            "form": filled
            if filled is not None and filled.prefix == entry.slug
            else entry.form(about=request, user=user, prefix=entry.slug, initial=unsent.get(entry.slug)),
            "is_open": entry.slug in unsent
            or (entry.slug == likely if filled is None else filled.prefix == entry.slug),
        }
        for entry in desk_actions().values()
        if entry.action in possible and entry.is_offered(request) and entry.is_listed
        if not (entry.slug == "take" and user is not None and _has_it(request, user))
    ]
    return sorted(found, key=lambda each: not each["is_likely"])


def _has_it(request: ServiceRequest, user: User) -> bool:
    return request.agent_id == user.pk and request.status in (Status.IN_PROGRESS, Status.WAITING)


def likely_slug(request: ServiceRequest, user: User | None) -> str:
    """What most agents do next: answer who wrote, take what is nobody's, then answer the request."""
    if request.resident_wrote_at is not None:
        return "message"
    if request.is_decided:
        return ""
    if user is None or request.agent_id != user.pk:
        return "take"
    return "message" if request.status == Status.WAITING else "accept"
