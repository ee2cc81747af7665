"""What the law says for every procedure; a department writes its own where it needs to."""

from django.utils.translation import gettext as _


def standard_texts() -> dict[str, str]:
    """Declaration, purpose and remedies in the active language."""
    return {
        "declaration": _("I certify that what I have stated is accurate."),
        "purpose": _("Your answers are used to deal with your request, and for nothing else."),
        # CRPA L232-4, L411-2 and R421-2; code de justice administrative R421-1.
        "remedies": _(
            "Without an answer by that date, your request is refused. You then have two months to ask the mayor to "
            "reconsider, or to go before the administrative court (www.telerecours.fr). Within these two months you "
            "may ask for the reasons of the refusal; they are given within one month. You may also turn to the town's "
            "mediator, free of charge."
        ),
    }
