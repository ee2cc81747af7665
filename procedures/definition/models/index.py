"""The list of all procedures."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.accounts.models import User
from cms.pages.base import SitePage
from procedures.definition.cards import by_theme
from procedures.definition.permissions import IndexPermissions


class ProcedureIndexPage(SitePage):
    """All open procedures, by theme."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)

    template = "pages/procedure_index.html"
    subpage_types = ["definition.ProcedurePage"]
    parent_page_types = ["pages.HomePage", "pages.SectionPage"]
    content_panels = [*SitePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of procedures")
        verbose_name_plural = _("lists of procedures")

    def permissions_for_user(self, user: User) -> IndexPermissions:
        """What ``user`` may do: a department's editor only adds below."""
        return IndexPermissions(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the procedures by theme, in the page's language where they are translated."""
        context = super().get_context(request, *args, **kwargs)
        return context | {"themes": by_theme(self.locale.language_code)}
