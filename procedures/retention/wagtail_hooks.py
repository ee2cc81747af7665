"""Keeping and rights, in Wagtail's admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from procedures.retention import urls
from procedures.retention.screens import ANSWER, VIEW


class PermittedMenuItem(MenuItem):
    """Shown to whoever has the permission."""

    def __init__(self, *args: object, permission: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person may open it."""
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_urls")
def retention_addresses() -> list[URLResolver]:
    """Put the screens at ``/admin/conservation/``."""
    return [path("conservation/", include(urls))]


@hooks.register("register_reports_menu_item")
def runs_menu_item() -> MenuItem:
    """Among the reports: looked at, not worked in."""
    label, address = _("Keeping of data"), reverse("retention:runs")
    return PermittedMenuItem(label, address, permission=VIEW, name="retention", icon_name="history", order=900)


@hooks.register("register_reports_menu_item")
def rights_menu_item() -> MenuItem:
    """For whoever answers for the city's data."""
    label, address = _("Rights of residents"), reverse("retention:rights")
    return PermittedMenuItem(label, address, permission=ANSWER, name="rights", icon_name="user", order=910)
