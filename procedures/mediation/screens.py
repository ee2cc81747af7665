"""The mediator's screens in Wagtail's admin: the years, and the report of one."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.accounts.models import User
from cms.formats.pdf import is_available
from procedures.inbox.downloads import refuse_without_library
from procedures.inbox.querysets import city_today
from procedures.mediation.desk import is_mediator
from procedures.mediation.figures import years
from procedures.mediation.models import MediatorReport
from procedures.mediation.services import publish_report, withdraw_report
from procedures.mediation.showing import report_name, report_pdf, shown
from procedures.uploads.downloads import pdf_download

FIRST_YEAR = 2000


class ReportForm(forms.ModelForm):
    """The mediator's own words."""

    class Meta:
        model = MediatorReport
        fields = ["introduction", "recommendations"]
        widgets = {name: forms.Textarea(attrs={"rows": 10}) for name in ("introduction", "recommendations")}
        help_texts = {
            "introduction": gettext_lazy("Leave an empty line between paragraphs."),
            "recommendations": gettext_lazy("What the town should change. Leave an empty line between paragraphs."),
        }


class MediatorScreen(WagtailAdminTemplateMixin, View):
    """A screen of those who answer for the mediator's desk."""

    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let nobody else in.

        Raises:
            PermissionDenied: for anybody else of the staff.
        """
        user = cast("User", request.user)
        if not user.has_perm("inbox.view_servicerequest") or not is_mediator(user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ReportsView(MediatorScreen):
    """The years that had complaints, and their reports."""

    template_name = "mediation/reports.html"
    page_title = gettext_lazy("Reports of the mediator")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them."""
        reports = {report.year: report for report in MediatorReport.objects.all()}
        known = sorted({*years(), *reports, city_today().year}, reverse=True)
        lines = [{"year": year, "report": reports.get(year)} for year in known]
        return self.render_to_response(self.get_context_data(lines=lines))


class ReportView(MediatorScreen):
    """The report of a year: words to write, figures to see, and its publication."""

    template_name = "mediation/report.html"
    report: MediatorReport

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it, or begin it."""
        super().setup(request, *args, **kwargs)
        year = kwargs["year"]
        if not FIRST_YEAR <= year <= city_today().year:
            raise Http404
        self.report = MediatorReport.objects.filter(year=year).first() or MediatorReport(year=year)

    def get_page_title(self) -> str:
        """The year it is about."""
        return _("Report of the mediator, %(year)s") % {"year": self.report.year}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the reports, here."""
        above = {"url": reverse("mediator_reports"), "label": _("Reports of the mediator")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, year: int) -> HttpResponseBase:
        """Show the form and what it makes."""
        return self._show(ReportForm(instance=self.report))

    def post(self, request: HttpRequest, year: int) -> HttpResponse:
        """Keep the words; publish or withdraw the report if that was the button."""
        form = ReportForm(request.POST, instance=self.report)
        if not form.is_valid():
            return self._show(form, status=422)
        form.save()
        done = _("The report is kept.")
        if "publish" in request.POST:
            publish_report(self.report, by=cast("User", request.user))
            done = _("The report is published, with the figures as they are now.")
        elif "withdraw" in request.POST:
            withdraw_report(self.report)
            done = _("The report is no longer on the site.")
        messages.success(request, done)
        return redirect("mediator_report", year)

    def _show(self, form: ReportForm, *, status: int = 200) -> HttpResponse:
        context = self.get_context_data(form=form, has_pdf=is_available(), **shown(self.report))
        return self.render_to_response(context, status=status)


class ReportDocumentView(ReportView):
    """The report as a PDF, published or not."""

    def get(self, request: HttpRequest, year: int) -> FileResponse:
        """Draw it."""
        refuse_without_library()
        return pdf_download(report_pdf(self.report), report_name(self.report))
