"""The tracking pages: no cookie, no session, nothing kept by caches or told to other sites."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.origin import checked_by_origin
from cms.private_pages import private
from cms.throttle import Limit, address_of
from procedures.inbox.downloads import counted, download_receipt, download_request
from procedures.inbox.models import ServiceRequest
from procedures.tracking.forms import FindForm
from procedures.tracking.lookup import by_number_and_email, by_token
from procedures.tracking.page import crumbs, page_of, receipt_page_of
from procedures.uploads.downloads import safe_download

BY_ADDRESS = Limit("address", tries=20, window_seconds=900)
BY_NUMBER = Limit("number", tries=5, window_seconds=900)

LONGEST = 500  # characters of a field that are read, and shown again where they are wrong
# What Django raises on reading a form that is too long, or has too many fields or files.
UNREADABLE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@checked_by_origin
@private
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for number and e-mail; lead to the request's own address."""
    try:
        typed = {name: request.POST.get(name, "")[:LONGEST] for name in FindForm.base_fields}
        form = FindForm(typed if request.method == "POST" else None)
    except UNREADABLE:
        context = {"form": FindForm(), "too_large": _("That was far too long to be a number and an address.")}
        return render(request, "pages/tracking_form.html", context | {"crumbs": crumbs()}, status=413)
    if form.is_bound and form.is_valid():
        number, address = form.read_number(), address_of(request)
        tried = number or form.cleaned_data["number"]
        for limit, key in ((BY_ADDRESS, address), (BY_NUMBER, tried)):
            if limit.is_reached(key):
                return too_many(request, limit)
        found = by_number_and_email(number, form.cleaned_data["email"])
        token = found.access_token if found else None
        if token:
            return redirect("tracking:request", token, preserve_request=False)
        BY_ADDRESS.count(address)
        BY_NUMBER.count(tried)
        form.add_error(None, _("No request has this number and this e-mail address. Check both, or call us."))
    status = 400 if form.is_bound else 200
    return render(request, "pages/tracking_form.html", {"form": form, "crumbs": crumbs()}, status=status)


@private
@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """The request's page."""
    context = page_of(known(token), token)
    return render(
        request, "pages/tracking.html", context | {"sent": "envoye" in request.GET, "rated": "avis" in request.GET}
    )


@private
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The acknowledgement of receipt, made to be printed."""
    return render(request, "pages/tracking_receipt.html", receipt_page_of(known(token), token))


@private
@require_safe
def receipt_document(request: HttpRequest, token: str) -> HttpResponseBase:
    """The acknowledgement of receipt as a PDF."""
    return counted(request, known(token), download_receipt)


@private
@require_safe
def request_document(request: HttpRequest, token: str) -> HttpResponseBase:
    """The request with its answers as a PDF."""
    return counted(request, known(token), download_request)


@private
@require_safe
def download(request: HttpRequest, token: str, key: UUID) -> HttpResponseBase:
    """A file of the request, always as a download."""
    attachment = known(token).attachments.of_the_resident().filter(key=key).first()
    if attachment is None or not attachment.may_be_opened:
        raise Http404
    return safe_download(attachment.storage_name, attachment.original_name, attachment.media_type)


def known(token: str) -> ServiceRequest:
    """The request that ``token`` opens.

    Raises:
        Http404: none.
    """
    found = by_token(token)
    if found is None:
        raise Http404
    return found


def too_many(request: HttpRequest, limit: Limit) -> HttpResponse:
    """Too many tries: say when to come back, and how else to go on."""
    wait = limit.wait_seconds()
    context = {"minutes": -(-wait // 60), "crumbs": crumbs((_("Too many tries"), ""))}
    response = render(request, "pages/tracking_too_many.html", context, status=429)
    response.headers["Retry-After"] = str(wait)
    return response
