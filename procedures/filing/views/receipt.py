"""The receipt on screen, as soon as the request is filed (CRPA L112-11, R112-11-1)."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.formats.pdf import is_available
from procedures.definition.models import Procedure
from procedures.filing import keys, screens
from procedures.filing.holding import find_procedure
from procedures.inbox.downloads import counted, download_receipt, download_request
from procedures.inbox.models import ServiceRequest
from procedures.inbox.receipt import receipt_of

RECEIPT, REQUEST = "accuse", "demande"


@require_safe
def receipt(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show the receipt to whoever holds its secret address.

    An agent who entered the request for somebody is told that somebody's number, not given
    the resident's secret link.
    """
    procedure = find_procedure(slug)
    filed = _filed(procedure, token)
    definition = filed.version.in_language(get_language() or settings.LANGUAGE_CODE)
    title, tracking_url = _("Your request is filed"), _tracking_url(filed)
    context = {
        "procedure": procedure,
        "definition": definition,
        "title": title,
        "crumbs": screens.crumbs(procedure, title),
        "filed": filed,
        "receipt": receipt_of(filed, due_on=filed.due_on, announced_on=filed.announced_on),
        "tracking_url": tracking_url,
        "tracking_address": request.build_absolute_uri(tracking_url) if tracking_url else "",
        "documents": _documents(slug, token),
        "new_url": f"{reverse('filing:start', kwargs={'slug': slug})}?nouvelle=1",
        **screens.beside(definition, filed.department_id),
    }
    response = TemplateResponse(request, "pages/filing/receipt.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def document(request: HttpRequest, slug: str, token: str, kind: str) -> HttpResponseBase:
    """The receipt, or the request with its answers, as a PDF for whoever holds the receipt's address."""
    filed = _filed(find_procedure(slug), token)
    return counted(request, filed, download_receipt if kind == RECEIPT else download_request)


def _filed(procedure: Procedure, token: str) -> ServiceRequest:
    key = keys.key_of(token, keys.RECEIPT)
    requests = ServiceRequest.objects.select_related("version", "department").defer("version__content")
    filed = requests.filter(idempotency_key=key, procedure=procedure.pk).first() if key else None
    if filed is None:
        raise Http404
    return filed


def _documents(slug: str, token: str) -> dict[str, str]:
    """Addresses of the PDFs; none where the machine makes none."""
    if not is_available():
        return {}
    return {
        kind: reverse("filing:document", kwargs={"slug": slug, "token": token, "kind": kind})
        for kind in (RECEIPT, REQUEST)
    }


def _tracking_url(filed: ServiceRequest) -> str:
    if filed.entered_by_id or not filed.access_token:
        return ""
    return reverse("tracking:request", kwargs={"token": filed.access_token})
