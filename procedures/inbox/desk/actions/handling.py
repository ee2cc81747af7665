"""In whose hands a request is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.inbox.desk import forms
from procedures.inbox.desk.actions.entry import DeskAction
from procedures.inbox.services import handling
from procedures.inbox.transitions import Action

ACTIONS = (
    DeskAction(
        "take",
        Action.TAKE,
        _("Take"),
        forms.ActionForm,
        handling.take,
        _("The request is in your hands."),
        tells_resident=False,
        key="t",
    ),
    DeskAction(
        "assign",
        Action.ASSIGN,
        _("Assign"),
        forms.AssignForm,
        handling.assign,
        _("The request has changed hands."),
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
)
