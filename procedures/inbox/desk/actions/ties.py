"""What ties a request to others, and what is verified on it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures.inbox.desk import ties
from procedures.inbox.desk.actions.entry import DeskAction
from procedures.inbox.services import checklists, merging
from procedures.inbox.transitions import Action

ACTIONS = (
    DeskAction(
        "merge",
        Action.MERGE,
        _("Join to another request"),
        ties.MergeForm,
        merging.merge,
        _("The other request carries on for both; the resident is told."),
    ),
    DeskAction(
        "link",
        Action.WRITE,
        _("Link to a related request"),
        ties.LinkForm,
        merging.link,
        _("The two requests are linked."),
        tells_resident=False,
        is_guarded=False,
    ),
    DeskAction(
        "unlink",
        Action.WRITE,
        _("Remove the link"),
        ties.UnlinkForm,
        merging.unlink,
        _("The link is removed."),
        tells_resident=False,
        is_guarded=False,
        is_listed=False,
    ),
    DeskAction(
        "check",
        Action.WRITE,
        _("Keep what is ticked"),
        ties.CheckForm,
        checklists.tick,
        _("The checklist is kept."),
        tells_resident=False,
        is_guarded=False,
        is_listed=False,
    ),
)
