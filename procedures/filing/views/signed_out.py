"""An agent whose session ended in the middle of a request: what was typed is kept, then they sign in again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from procedures.filing.holding import SignedOutError
from procedures.filing.journey import SUMMARY
from procedures.filing.models import Draft
from procedures.filing.storage import DraftGone
from procedures.filing.tabs import OvertakenError
from procedures.filing.views.autosaving import is_autosave, stopped
from procedures.filing.views.keeping import keep
from procedures.uploads.limits import QuotaUploadHandler

if TYPE_CHECKING:
    from procedures.filing.views.wizard import FilingView

View = Callable[..., HttpResponseBase]


def ask_login(next_url: str) -> HttpResponse:
    """Lead to the staff's login, and back."""
    return redirect_to_login(next_url, reverse("wagtailadmin_login"))


def login_if_signed_out(view: View) -> View:
    """Lead to the login where a page needs the session of the agent who enters the draft."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except SignedOutError:
            return ask_login(request.get_full_path())

    return guarded


def keep_and_ask_login(view: FilingView, draft: Draft, quota: QuotaUploadHandler) -> HttpResponse:
    """Write what was typed into the agent's draft, show nothing of it, and lead to the login.

    The browser holds the draft's signed cookie: it may add to it. Reading takes the agent's session.
    """
    view.storage.open(draft)
    key = view.kwargs["step"]
    if key != SUMMARY and key not in view.definition.step_by_key:
        raise Http404
    if key != SUMMARY:
        try:
            keep(view, view.definition.step_by_key[key], quota)
        except (DraftGone, OvertakenError):
            return ask_login(view.get_step_url(key))
    if is_autosave(view.request):
        text = _("You are signed out. What you have typed is saved: press “Continue”, sign in, and go on.")
        return stopped(401, text)
    return ask_login(view.get_step_url(key))
