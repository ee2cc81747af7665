"""What silence has decided."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.inbox.dates import implicit_decision_of
from procedures.inbox.desk import forms
from procedures.inbox.desk.actions.entry import DeskAction
from procedures.inbox.models import Attestation, ServiceRequest
from procedures.inbox.services import attesting
from procedures.inbox.transitions import Action


def may_be_attested(request: ServiceRequest) -> bool:
    """Whether silence has accepted the request and nobody has attested it yet."""
    decision = implicit_decision_of(request)
    return decision is not None and decision.accepts and not Attestation.objects.filter(request=request).exists()


ACTIONS = (
    DeskAction(
        "attest",
        Action.WRITE,
        _("Attest that silence has accepted it"),
        forms.ActionForm,
        attesting.attest,
        _("The attestation is issued; the resident is told."),
        is_offered=may_be_attested,
    ),
)
