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
from procedures.inbox.digest import digest_of
from procedures.inbox.letters import Letter, laid_out
from procedures.inbox.models import ServiceRequest

SUBJECTS = {
    "staff_mentioned": _("%(number)s: a colleague calls you"),
    "staff_digest": _("Requests whose date is near or here"),
    "staff_unreachable": _("%(number)s: the resident cannot be reached by e-mail"),
    "staff_reopened": _("%(number)s: the resident asks to open it again"),
    "staff_stranger": _("%(number)s: an e-mail whose sender is not sure"),
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
    if content["kind"] == "staff_digest":
        list_link = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("inbox:list")
        context |= {"digest": digest_of(content), "link": list_link}
    context |= {
        "subject": SUBJECTS[content["kind"]] % {"number": request.number},
        "body": render_to_string(f"emails/staff/{content['kind'].removeprefix('staff_')}.txt", context),
    }
    return laid_out(context)
