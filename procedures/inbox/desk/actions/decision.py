"""The answer, and what undoes it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.inbox.desk import forms
from procedures.inbox.desk.actions.entry import DeskAction
from procedures.inbox.services import decision, reopening
from procedures.inbox.transitions import Action

ACTIONS = (
    DeskAction(
        "accept",
        Action.ACCEPT,
        _("Accept"),
        forms.AcceptForm,
        decision.accept,
        _("Accepted; the resident is told."),
        key="a",
    ),
    DeskAction(
        "refuse",
        Action.REFUSE,
        _("Refuse"),
        forms.RefuseForm,
        decision.refuse,
        _("Refused; the resident is told why."),
        is_grave=True,
        key="r",
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
    DeskAction(
        "transfer",
        Action.TRANSFER,
        _("Pass on to another body"),
        forms.TransferForm,
        decision.transfer,
        _("Passed on; the resident is told to whom. Send what was filed: it is still here."),
        is_grave=True,
    ),
    DeskAction(
        "reopen",
        Action.REOPEN,
        _("Open again"),
        forms.ReopenForm,
        reopening.reopen,
        _("The request is open again and the resident told."),
    ),
)
