"""What an agent can do on the page of a request: one entry per action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from procedures.inbox.desk import forms
from procedures.inbox.models import ServiceRequest
from procedures.inbox.services import completion, conversation, decision, handling
from procedures.inbox.transitions import Action


@dataclass(frozen=True)
class DeskAction:
    """An action, the form it needs, the service it calls, and the words around it."""

    slug: str
    action: Action
    label: str | Promise
    form: type[forms.ActionForm]
    service: Callable[..., Any]
    done: str | Promise
    tells_resident: bool = True
    is_grave: bool = False
    """Ends the request against what was asked: shown apart from the rest."""


ACTIONS: dict[str, DeskAction] = {
    entry.slug: entry
    for entry in (
        DeskAction(
            "take", Action.TAKE, _("Take"), forms.ActionForm, handling.take, _("The request is in your hands."), False
        ),
        DeskAction(
            "message",
            Action.WRITE,
            _("Write to the resident"),
            forms.MessageForm,
            conversation.write_to_resident,
            _("Your message is on its way."),
        ),
        DeskAction(
            "completion",
            Action.ASK_FOR_COMPLETION,
            _("Ask for what is missing"),
            forms.CompletionForm,
            completion.ask_for_completion,
            _("The resident is told what is missing; the clock waits."),
        ),
        DeskAction(
            "note",
            Action.WRITE,
            _("Internal note"),
            forms.NoteForm,
            conversation.write_note,
            _("The note is kept."),
            False,
        ),
        DeskAction(
            "assign",
            Action.ASSIGN,
            _("Assign"),
            forms.AssignForm,
            handling.assign,
            _("The request is in your colleague's hands."),
            tells_resident=False,
        ),
        DeskAction(
            "forward",
            Action.FORWARD,
            _("Forward to another department"),
            forms.ForwardForm,
            handling.forward,
            _("The request is forwarded and the resident told."),
        ),
        DeskAction(
            "accept",
            Action.ACCEPT,
            _("Accept"),
            forms.AcceptForm,
            decision.accept,
            _("Accepted; the resident is told."),
        ),
        DeskAction(
            "refuse",
            Action.REFUSE,
            _("Refuse"),
            forms.RefuseForm,
            decision.refuse,
            _("Refused; the resident is told why."),
            is_grave=True,
        ),
        DeskAction(
            "close",
            Action.CLOSE,
            _("Close without decision"),
            forms.CloseForm,
            decision.close,
            _("Closed; the resident is told why."),
            is_grave=True,
        ),
    )
}


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
        for entry in ACTIONS.values()
        if entry.action in possible
    ]
