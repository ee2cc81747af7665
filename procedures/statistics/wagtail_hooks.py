"""The figures, in Wagtail's admin."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.accounts.models import User
from procedures.statistics import urls
from procedures.statistics.access import ALL_FIGURES, may_see_figures
from procedures.statistics.first_page import FiguresPanel


class FiguresMenuItem(MenuItem):
    """The figures, for those who have some to see."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Shown to agents, to elected people and to administrators."""
        return may_see_figures(cast("User", request.user))


@hooks.register("register_admin_urls")
def figures_addresses() -> list[URLPattern | URLResolver]:
    """Put the figures at ``/admin/chiffres/``."""
    return [path("chiffres/", include(urls))]


@hooks.register("register_admin_menu_item")
def figures_menu_item() -> MenuItem:
    """Put the figures below the inbox."""
    return FiguresMenuItem(_("Figures"), reverse("statistics:dashboard"), name="figures", icon_name="view", order=60)


@hooks.register("construct_homepage_panels")
def figures_first(request: HttpRequest, panels: list[Component]) -> None:
    """Show elected people, who have no request to open, how the town answers."""
    if request.user.has_perm(ALL_FIGURES):
        panels.append(FiguresPanel(cast("User", request.user)))
