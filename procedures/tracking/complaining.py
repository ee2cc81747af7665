"""Going to the mediator from the page of a request, and what a complaint's own page says of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from cms.origin import checked_by_origin
from cms.private_pages import private
from procedures.inbox.services.complaints import file_complaint
from procedures.tracking.forms import ComplainForm
from procedures.tracking.sending import receive


@checked_by_origin
@private
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, token: str) -> HttpResponse:
    """File a complaint about the request; it has its own number, receipt and page."""
    return receive(request, token, ComplainForm, "complain_form", file_complaint)
