"""The satisfaction question: answered on the page of the request, refused for good by one link."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.origin import checked_by_origin
from cms.private_pages import private
from procedures.inbox.errors import InboxError
from procedures.inbox.models import ServiceRequest
from procedures.inbox.services.satisfaction import rate as keep_opinion
from procedures.inbox.services.satisfaction import refuse_surveys
from procedures.tracking.forms import RateForm
from procedures.tracking.page import crumbs, page_of
from procedures.tracking.sending import PER_REQUEST
from procedures.tracking.views import UNREADABLE, known, too_many


@checked_by_origin
@private
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Keep what the resident thinks."""
    service_request = known(token)
    page = reverse("tracking:request", args=[token])
    if request.method != "POST":
        return redirect(f"{page}#avis")
    if PER_REQUEST.is_reached(token):
        return too_many(request, PER_REQUEST)
    PER_REQUEST.count(token)
    try:
        form = RateForm(request.POST, auto_id="rate_%s")
    except UNREADABLE:
        return _again(request, service_request, token, {}, status=413)
    if form.is_valid():
        try:
            keep_opinion(service_request, **form.cleaned_data)
        except InboxError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{page}?avis=1#envoye")
    return _again(request, service_request, token, {"rate_form": form, "errors_in": form}, status=400)


@checked_by_origin
@private
@require_http_methods(["GET", "HEAD", "POST"])
def never_again(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether no question shall come again, then see to it: a program that follows links decides nothing."""
    service_request = known(token)
    done = request.method == "POST"
    if done:
        refuse_surveys(service_request.requester_email)
    context = {
        "token": token,
        "done": done,
        "crumbs": crumbs((_("My request"), reverse("tracking:request", args=[token])), (_("No more questions"), "")),
    }
    return render(request, "pages/tracking_never_again.html", context)


def _again(
    request: HttpRequest, service_request: ServiceRequest, token: str, extra: dict[str, Any], *, status: int
) -> HttpResponse:
    service_request.refresh_from_db()
    return render(request, "pages/tracking.html", page_of(service_request, token) | extra, status=status)
