"""What is said about a request."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.inbox.desk import forms
from procedures.inbox.desk.actions.entry import DeskAction
from procedures.inbox.models import ServiceRequest
from procedures.inbox.services import bounces, completion, conversation
from procedures.inbox.transitions import Action


def _is_unreachable(request: ServiceRequest) -> bool:
    return request.mail_failed_at is not None


ACTIONS = (
    DeskAction(
        "reached",
        Action.WRITE,
        _("I have reached the resident"),
        forms.ReachedForm,
        bounces.reached,
        _("Noted; the warning is gone."),
        tells_resident=False,
        is_offered=_is_unreachable,
    ),
    DeskAction(
        "message",
        Action.WRITE,
        _("Write to the resident"),
        forms.MessageForm,
        conversation.write_to_resident,
        _("Your message is on its way."),
        key="m",
        is_said_once=True,
    ),
    DeskAction(
        "completion",
        Action.ASK_FOR_COMPLETION,
        _("Ask for what is missing"),
        forms.CompletionForm,
        completion.ask_for_completion,
        _("The resident is told what is missing; the clock waits."),
        key="d",
    ),
    DeskAction(
        "note",
        Action.WRITE,
        _("Internal note"),
        forms.NoteForm,
        conversation.write_note,
        _("The note is kept."),
        tells_resident=False,
        is_guarded=False,
        key="n",
        is_said_once=True,
    ),
)
