"""An agent whose session ended while they wrote: their words wait for them behind the login, in this tab or another.

The page carries a signed mark of who writes about which request: whoever sends it may leave words, and reads nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.accounts.models import User
from cms.origin import is_same_origin
from procedures.inbox.desk import unsent
from procedures.inbox.models import ServiceRequest

SALT = "desk-writer"
ACTIONS = ("inbox:action", "inbox:revoke_opinion")
"""Where the page's form is sent."""
LONGEST_SECONDS, WAITS_SECONDS = 48 * 3600, 3600
"""How old a page may be; how long its words wait."""


def mark_of(about: ServiceRequest, user: User) -> str:
    """What says who writes about what, and cannot be made up."""
    return signing.dumps([about.pk, user.pk], salt=SALT)


class WaitingWordsMiddleware:
    """Keeps what was written on the page before Wagtail asks for the login; the same person alone gets it back.

    A middleware, since Wagtail's own guard stands before the view; behind the protection against forgery.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Lead whoever signed in again in another tab back to their words: this tab's token is from before."""
        response = self.get_response(request)
        is_stale = not getattr(request, "csrf_processing_done", False)  # set by Django where it accepts
        if response.status_code == 403 and is_stale and _is_sent(request) and is_same_origin(request):
            about = _keep(request)
            if about is not None and about[1] == request.user.pk:
                messages.warning(
                    request, _("You signed in again meanwhile. What you wrote is here: send it once more.")
                )
                return redirect("inbox:request", about[0])
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Look at what is sent to an action, by nobody."""
        if _is_sent(request) and not request.user.is_authenticated:
            _keep(request)


def _is_sent(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.method == "POST" and match is not None and match.view_name in ACTIONS


def _keep(request: HttpRequest) -> tuple[int, int] | None:
    """Keep the words of a page that was shown to somebody; return which request, and who."""
    try:
        about_id, user_id = signing.loads(request.POST.get("writer", ""), salt=SALT, max_age=LONGEST_SECONDS)
    except signing.BadSignature:
        return None
    about = ServiceRequest.objects.filter(pk=about_id).first()
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if about is None or user is None:
        return None
    written = unsent.besides(request.POST, "", about=about, user=user)
    unsent.keep(written, about=about, user=user, seconds=WAITS_SECONDS)
    return about_id, user_id
