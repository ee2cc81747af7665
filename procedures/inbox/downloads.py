"""Documents about a request, made when somebody asks for them: drawn in some 0.2 s."""

from __future__ import annotations

from collections.abc import Callable

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render

from cms.formats.pdf import is_available
from cms.throttle import Limit, address_of
from procedures.inbox.models import ServiceRequest
from procedures.inbox.papers import receipt_name, receipt_pdf, request_name, request_pdf
from procedures.uploads.downloads import pdf_download

# Twenty of the longest documents take a processor two minutes at most.
BY_ADDRESS = Limit("paper-address", tries=20, window_seconds=900)
BY_REQUEST = Limit("paper-request", tries=10, window_seconds=900)


def download_receipt(request: ServiceRequest) -> FileResponse:
    """The receipt, in the active language."""
    refuse_without_library()
    return pdf_download(receipt_pdf(request), receipt_name(request))


def download_request(request: ServiceRequest, *, for_agent: bool = False) -> FileResponse:
    """The request with its answers, in the active language."""
    refuse_without_library()
    return pdf_download(request_pdf(request, for_agent=for_agent), request_name(request))


def refuse_without_library() -> None:
    """Raise Http404 where no PDF can be made: no page links to one."""
    if not is_available():
        raise Http404


def counted(
    http: HttpRequest, request: ServiceRequest, download: Callable[[ServiceRequest], FileResponse]
) -> HttpResponseBase:
    """The download, for somebody who has not logged in; a page that asks to wait after too many."""
    tried = ((BY_ADDRESS, address_of(http)), (BY_REQUEST, request.tracking_number))
    for limit, key in tried:
        if limit.is_reached(key):
            wait = limit.wait_seconds()
            response = render(http, "pages/too_many_documents.html", {"minutes": -(-wait // 60)}, status=429)
            response.headers["Retry-After"] = str(wait)
            response.headers["Cache-Control"] = "no-store"
            return response
    for limit, key in tried:
        limit.count(key)
    return download(request)
