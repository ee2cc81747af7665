"""The mediator's reports, in Wagtail's admin."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from procedures.inbox.complaints import mediator_desks
from procedures.mediation import screens
from procedures.mediation.desk import is_mediator

MENU_SECONDS = 60


class ReportsMenuItem(MenuItem):
    """The reports, for those who write them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Shown at the mediator's desk."""
        if not request.user.has_perm("inbox.view_servicerequest"):
            return False
        # The list has asked already which departments the agent answers for.
        answered = getattr(request, "answered_departments", None)
        if answered is not None:
            return not mediator_desks().isdisjoint(answered)
        # On every screen: a minute old is fresh enough for a menu; the screens ask anew.
        user, key = request.user, f"menu-mediator-{request.user.pk}"
        return bool(mediator_desks()) and bool(cache.get_or_set(key, lambda: is_mediator(user), MENU_SECONDS))


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
