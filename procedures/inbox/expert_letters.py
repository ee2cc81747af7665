"""E-mails to experts outside: who asks, by when, and the link; the question itself is read behind the link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from cms.pages.facts import facts
from procedures.inbox import opinion_link
from procedures.inbox.letters import Letter, laid_out
from procedures.inbox.models import ExpertOpinion
from procedures.inbox.receipt import desk_of

SUBJECTS = {"opinion_asked": _("Your opinion on the request %(number)s")}


def write_expert_letter(content: Mapping[str, Any]) -> Letter:
    """Write the message that a row of the outbox asks for, in the active language.

    Args:
        content: ``kind``, one of ``SUBJECTS``, and ``opinion_id``.
    """
    opinion = ExpertOpinion.objects.select_related("request__department", "request__procedure", "asked_by").get(
        pk=content["opinion_id"]
    )
    desk = desk_of(opinion.request.department)
    context: dict[str, Any] = {
        "opinion": opinion,
        "request": opinion.request,
        "desk": desk,
        "city": facts(settings.LANGUAGE_CODE),
        "link": opinion_link.address_of(opinion),
        "is_for_expert": True,
    }
    context |= {
        "subject": SUBJECTS[content["kind"]] % {"number": opinion.request.number},
        "body": render_to_string(f"emails/expert/{content['kind']}.txt", context),
    }
    return laid_out(context, reply_to=desk.email)
