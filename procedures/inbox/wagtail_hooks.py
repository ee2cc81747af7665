"""The inbox, in Wagtail's admin."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.accounts.models import User
from procedures.inbox.desk import urls
from procedures.inbox.desk.dashboard import DueSoonPanel
from procedures.inbox.desk.organising import DeskGroup


class RequestsMenuItem(MenuItem):
    """The inbox, for those who may read requests."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Shown to agents and administrators."""
        return request.user.has_perm("inbox.view_servicerequest")


@hooks.register("register_admin_urls")
def inbox_addresses() -> list[URLPattern | URLResolver]:
    """Put the inbox at ``/admin/demandes/``."""
    return [path("demandes/", include(urls))]


@hooks.register("register_admin_menu_item")
def inbox_menu_item() -> MenuItem:
    """Put the inbox first: it is what agents come for."""
    return RequestsMenuItem(_("Requests"), reverse("inbox:list"), name="inbox", icon_name="mail", order=50)


@hooks.register("register_admin_menu_item")
def letters_menu_item() -> MenuItem:
    """Put the letters to print below it."""
    return RequestsMenuItem(
        _("Letters to print"), reverse("inbox:letters"), name="letters", icon_name="doc-full", order=52
    )


@hooks.register("insert_global_admin_css")
def inbox_style() -> SafeString:
    """One line per request: the only style that Wagtail's own does not give."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin/inbox.css"))


@hooks.register("insert_global_admin_css")
def clock_style() -> SafeString:
    """What is due and what is to be printed."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin/clock.css"))


@hooks.register("construct_homepage_panels")
def due_soon(request: HttpRequest, panels: list[Component]) -> None:
    """Say what is late and near on the admin's first page, to those who answer."""
    if request.user.has_perm("inbox.view_servicerequest"):
        panels.append(DueSoonPanel(cast("User", request.user)))


@hooks.register("register_admin_viewset")
def desk_settings() -> DeskGroup:
    """What heads arrange for their departments."""
    return DeskGroup()
