"""The mediator's reports, in Wagtail's admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from procedures.mediation import screens
from procedures.mediation.desk import is_mediator, mediator_desks


class ReportsMenuItem(MenuItem):
    """The reports, for those who write them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Shown at the mediator's desk."""
        if not request.user.has_perm("inbox.view_servicerequest"):
            return False
        # The list has asked already which departments the agent answers for.
        answered = getattr(request, "answered_departments", None)
        return is_mediator(request.user) if answered is None else not mediator_desks().isdisjoint(answered)


@hooks.register("register_admin_urls")
def mediation_addresses() -> list[URLPattern]:
    """Put the reports at ``/admin/mediation/``."""
    return [
        path("mediation/", screens.ReportsView.as_view(), name="mediator_reports"),
        path("mediation/<int:year>/", screens.ReportView.as_view(), name="mediator_report"),
        path("mediation/<int:year>/rapport.pdf", screens.ReportDocumentView.as_view(), name="mediator_report_pdf"),
    ]


@hooks.register("register_admin_menu_item")
def mediation_menu_item() -> MenuItem:
    """Put them after the inbox."""
    return ReportsMenuItem(_("Mediator"), reverse("mediator_reports"), name="mediation", icon_name="doc-full", order=70)
