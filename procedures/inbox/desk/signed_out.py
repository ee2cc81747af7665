"""An agent whose session ended while they wrote: their words wait for them behind the login.

The page carries a signed mark of who writes about which request: whoever sends it may leave words, and reads nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from cms.accounts.models import User
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
        """Let everything through."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Look at what is sent to an action, by nobody."""
        match = request.resolver_match
        if request.method == "POST" and match and match.view_name in ACTIONS and not request.user.is_authenticated:
            _keep(request)


def _keep(request: HttpRequest) -> None:
    try:
        about_id, user_id = signing.loads(request.POST.get("writer", ""), salt=SALT, max_age=LONGEST_SECONDS)
    except signing.BadSignature:
        return
    about = ServiceRequest.objects.filter(pk=about_id).first()
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if about is not None and user is not None:
        written = unsent.besides(request.POST, "", about=about, user=user)
        unsent.keep(written, about=about, user=user, seconds=WAITS_SECONDS)
