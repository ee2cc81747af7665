"""What is written in the other boxes of the page when one of them is sent: it is still there on the page that follows.

One form holds all boxes, each field under the name of its action: a button sends the words of all, without a script.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.cache import cache
from django.utils.datastructures import MultiValueDict

from cms.accounts.models import User
from procedures.inbox.desk.actions import desk_actions
from procedures.inbox.models import ServiceRequest

TOGETHER = "together"
"""Says that the page sent all its boxes; a form of one action alone does not name it before each field."""
MARKS = ("csrfmiddlewaretoken", "seen", "shown", "fill")
SECONDS = 600
"""From an action to the page it leads to; the browser has the words before and after."""

Unsent = dict[str, dict[str, Any]]
"""By slug of the action, what its form would show."""


def named(posted: MultiValueDict[str, Any], slug: str) -> MultiValueDict[str, Any]:
    """What was sent, each field under the name of its action."""
    if TOGETHER in posted:
        return posted
    return MultiValueDict({f"{slug}-{name}": values for name, values in posted.lists() if name not in MARKS})


def besides(posted: MultiValueDict[str, Any], slug: str, *, about: ServiceRequest, user: User) -> Unsent:
    """What was filled in for other actions than ``slug``; files cannot be kept, no browser takes them back."""
    found: Unsent = {}
    for entry in desk_actions().values() if TOGETHER in posted else ():
        form = entry.form(posted, about=about, user=user, prefix=entry.slug)
        if entry.slug == slug or not any(form.add_prefix(name) in posted for name in form.fields):
            continue
        changed = {name: form[name].data for name in form.changed_data if _is_written(form.fields[name])}
        if changed:
            found[entry.slug] = changed
    return found


def keep(unsent: Unsent, *, about: ServiceRequest, user: User, done: str = "", seconds: int = SECONDS) -> None:
    """Have the next page show it, and forget the words of what is ``done`` (its slug)."""
    if unsent or done:
        cache.set(_key(about, user), (unsent, done), seconds)


def take_up(*, about: ServiceRequest, user: User) -> tuple[Unsent, str]:
    """What the page before kept and what it did, once."""
    unsent, done = cache.get(_key(about, user)) or ({}, "")
    if unsent or done:
        cache.delete(_key(about, user))
    return unsent, done


def _is_written(field: forms.Field) -> bool:
    return not field.widget.is_hidden and not isinstance(field, forms.FileField)


def _key(about: ServiceRequest, user: User) -> str:
    return f"desk-unsent-{about.pk}-{user.pk}"
