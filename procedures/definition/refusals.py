"""What becomes of a publication that cannot be: told to whoever asked for it, whichever way they took.

The editor shows what is wrong beside each field. A bulk action, the approval of a workflow and
the clock have no form to show it in.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

logger = logging.getLogger(__name__)
SCHEDULED = "wagtail.publish.scheduled"
REFUSED = "procedures.publication_refused"
"""In the page's history."""


class NotPublishable(ValidationError):
    """Nothing was published; the messages say why. ``page_id`` is the page's, once it is known."""

    page_id: int | None = None


def give_up_schedule(page: Page, revision: Revision, refused: NotPublishable) -> None:
    """Publish nothing when the clock comes, say so in the page's history, and let other pages go live.

    Wagtail publishes what is due one after the other: an error would hold all the others up, every five minutes.
    """
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    log(instance=page, action=REFUSED, revision=revision, data={"messages": refused.messages})
    logger.error("The scheduled publication of « %s » was refused: %s", page, " ".join(refused.messages))


class RefusedPublicationMiddleware:
    """Answers a publication refused outside the editor with its reasons, on the page it is about."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Change nothing on the way."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Lead to the page's editor, with what is wrong."""
        if not isinstance(exception, NotPublishable) or exception.page_id is None:
            return None
        messages.error(request, _("Nothing was published: %(why)s") % {"why": " ".join(exception.messages)})
        return redirect(reverse("wagtailadmin_pages:edit", args=[exception.page_id]))
