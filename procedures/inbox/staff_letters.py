"""E-mails to colleagues: short, with a link to the request in the admin and nothing of the resident's but the number.

``templates/emails/staff/<kind>.txt`` holds the body; mail boxes of a town hall are read by more people than the inbox.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.pages.facts import facts
from procedures.inbox.letters import Letter, laid_out
from procedures.inbox.models import ServiceRequest

SUBJECTS = {
    "staff_mentioned": _("%(number)s: a colleague calls you"),
    "staff_reminder": _("%(number)s: the date comes near"),
    "staff_escalation": _("%(number)s: no answer yet, the date is here"),
    "staff_unreachable": _("%(number)s: the resident cannot be reached by e-mail"),
    "staff_reopened": _("%(number)s: the resident asks to open it again"),
    "staff_opinion": _("%(number)s: the opinion you asked for is here"),
}


def write_staff_letter(content: Mapping[str, Any]) -> Letter:
    """Write the message that a row of the outbox asks for, in the active language.

    Args:
        content: ``kind``, one of ``SUBJECTS``, ``request_id``, and what the template names.
    """
    request = ServiceRequest.objects.select_related("procedure", "department").get(pk=content["request_id"])
    context: dict[str, Any] = {
        "request": request,
        "content": content,
        "city": facts(settings.LANGUAGE_CODE),
        "link": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("inbox:request", args=[request.pk]),
        "is_for_staff": True,
    }
    context |= {
        "subject": SUBJECTS[content["kind"]] % {"number": request.number},
        "body": render_to_string(f"emails/staff/{content['kind'].removeprefix('staff_')}.txt", context),
    }
    return laid_out(context)
