"""What the list of requests shows of long work."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from procedures.inbox.jobs.actions import BULK_ACTIONS, BulkAction

register = template.Library()


@register.simple_tag
def bulk_actions() -> Iterable[BulkAction]:
    """What can be done to many requests."""
    return BULK_ACTIONS.values()
