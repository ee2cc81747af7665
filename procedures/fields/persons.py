"""Whom a question is about: several people may appear in one request."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.plugins import Question

REQUESTER, BENEFICIARY, REPRESENTATIVE, OTHER = "requester", "beneficiary", "representative", "other"
PERSONS = [
    (REQUESTER, _("The person who asks")),
    (BENEFICIARY, _("The person it is for")),
    (REPRESENTATIVE, _("A representative: guardian, proxy")),
    (OTHER, _("Somebody else")),
]


def whose_block() -> blocks.ChoiceBlock:
    """The option of questions on identity: whom they are about."""
    return blocks.ChoiceBlock(
        choices=PERSONS,
        default=REQUESTER,
        label=_("Whom it is about"),
        help_text=_("The inbox answers the person who asks, and names the others."),
    )


def whose(question: Question) -> str:
    """Whom the question is about; versions of before said only whether it was the person who asks."""
    if "whose" in question.options:
        return str(question.options["whose"] or REQUESTER)
    return REQUESTER if question.options.get("of_requester", True) else OTHER
