"""What an agent can do about the keeping of a request."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from procedures.inbox.desk.actions.entry import DeskAction
from procedures.inbox.desk.forms import ActionForm
from procedures.inbox.models import ServiceRequest
from procedures.inbox.transitions import Action
from procedures.retention.holding import place_hold
from procedures.retention.models import Hold


class HoldForm(ActionForm):
    """Why the data must stay."""

    reason = forms.CharField(
        label=_("Why it must be kept"),
        max_length=300,
        help_text=_("An administrative appeal, a case before a court… A complaint in hand holds by itself."),
    )


def may_hold(request: ServiceRequest) -> bool:
    """Answered, not purged, not held yet."""
    return (
        request.is_decided
        and request.purged_at is None
        and not Hold.objects.in_force().filter(request=request).exists()
    )


ACTIONS = (
    DeskAction(
        "hold",
        Action.WRITE,
        _("Keep the data longer"),
        HoldForm,
        place_hold,
        _("Nothing of this request is deleted until the hold is lifted."),
        tells_resident=False,
        is_offered=may_hold,
    ),
)
