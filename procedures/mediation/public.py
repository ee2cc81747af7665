"""The reports that are published, for everybody."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.formats.pdf import is_available
from cms.pages.facts import facts
from cms.throttle import Limit, address_of
from procedures.inbox.downloads import refuse_without_library
from procedures.mediation.models import MediatorReport
from procedures.mediation.showing import report_name, report_pdf, shown
from procedures.uploads.downloads import pdf_download

BY_ADDRESS = Limit("mediator-report", tries=20, window_seconds=900)


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The years that have a report."""
    published = MediatorReport.objects.filter(published_at__isnull=False)
    return render(request, "pages/mediator_reports.html", {"reports": published, "crumbs": _crumbs()})


@require_safe
def report(request: HttpRequest, year: int) -> HttpResponse:
    """The report of a year."""
    found = _published(year)
    context = shown(found)
    crumbs = _crumbs((str(year), ""))
    return render(request, "pages/mediator_report.html", context | {"has_pdf": is_available(), "crumbs": crumbs})


@require_safe
def report_document(request: HttpRequest, year: int) -> FileResponse | HttpResponseBase:
    """The report of a year as a PDF."""
    found = _published(year)
    refuse_without_library()
    address = address_of(request)
    if BY_ADDRESS.is_reached(address):
        wait = BY_ADDRESS.wait_seconds()
        response = render(request, "pages/too_many_documents.html", {"minutes": -(-wait // 60)}, status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    BY_ADDRESS.count(address)
    return pdf_download(report_pdf(found), report_name(found))


def _published(year: int) -> MediatorReport:
    return get_object_or_404(MediatorReport, year=year, published_at__isnull=False)


def _crumbs(*ends: tuple[str, str]) -> list[tuple[str, str]]:
    here = (_("Reports of the mediator"), reverse("mediation:reports") if ends else "")
    return [(_("Home"), facts(get_language() or "").home_url), here, *ends]
