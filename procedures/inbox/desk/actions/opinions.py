"""What is asked of somebody outside the city."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.inbox.desk.actions.entry import DeskAction
from procedures.inbox.desk.opinions import OpinionForm, may_ask
from procedures.inbox.services import opinions
from procedures.inbox.transitions import Action

ACTIONS = (
    DeskAction(
        "opinion",
        Action.WRITE,
        _("Ask for an opinion outside"),
        OpinionForm,
        opinions.ask_expert,
        _("The expert is sent a link to this request alone."),
        tells_resident=False,
        is_offered=may_ask,
    ),
)
