"""Documents about a request, made when somebody asks for them: drawn in some 0.2 s."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest

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


def reached_limit(http: HttpRequest, request: ServiceRequest) -> Limit | None:
    """Count a download by somebody who has not logged in; the limit that stops it, if one does."""
    tried = ((BY_ADDRESS, address_of(http)), (BY_REQUEST, request.tracking_number))
    for limit, key in tried:
        if limit.is_reached(key):
            return limit
    for limit, key in tried:
        limit.count(key)
    return None
