"""What the admin's screens about one procedure have in common."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.accounts.models import User
from procedures.definition.models import ProcedurePage


class AboutOnePage(WagtailAdminTemplateMixin, TemplateView):
    """A screen about a procedure's page, for whoever may write it."""

    header_icon = "view"
    page: ProcedurePage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises PermissionDenied: somebody else's procedure."""
        self.page = get_object_or_404(ProcedurePage, pk=kwargs["page_id"])
        if not self.page.permissions_for_user(cast("User", request.user)).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the editor, then here."""
        editor = {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": self.page.title}
        return [*self.breadcrumbs_items, editor, {"url": "", "label": self.get_page_title()}]
