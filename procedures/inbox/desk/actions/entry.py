"""What an entry of the page of a request says: an action, its form, its service, and the words around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from procedures.inbox.desk import forms
from procedures.inbox.models import ServiceRequest
from procedures.inbox.transitions import Action


def always(_request: ServiceRequest) -> bool:
    """Nothing but the status decides."""
    return True


@dataclass(frozen=True)
class DeskAction:
    """Something to do on the page of a request.

    ``service`` is called with the request, ``agent`` and what the form cleaned, inside a
    transaction that holds the row's lock.
    """

    slug: str
    action: Action
    label: str | Promise
    form: type[forms.ActionForm]
    service: Callable[..., Any]
    done: str | Promise
    tells_resident: bool = True
    is_grave: bool = False
    """Ends the request against what was asked: shown apart from the rest."""
    is_guarded: bool = True
    """Asked again where something happened since the page was shown; what only adds words need not be."""
    is_listed: bool = True
    """Shown among the actions; otherwise a panel of the page has its own form for it."""
    key: str = ""
    """The letter that opens it from the keyboard."""
    is_said_once: bool = False
    """The same words again, within minutes and from whichever page, are the same act: somebody went back and forth."""
    is_offered: Callable[[ServiceRequest], bool] = always
    """What must hold beside the status."""
