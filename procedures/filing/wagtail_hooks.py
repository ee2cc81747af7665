"""“Enter a request”, in Wagtail's admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from procedures.filing.entry import PERMISSION, EntryView


class EntryMenuItem(MenuItem):
    """For agents who take requests at the counter or on the phone."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Shown to whoever may answer requests."""
        return request.user.has_perm(PERMISSION)


@hooks.register("register_admin_urls")
def entry_addresses() -> list[URLPattern]:
    """Put the form at ``/admin/saisir-une-demande/``."""
    return [path("saisir-une-demande/", EntryView.as_view(), name="enter_request")]


@hooks.register("register_admin_menu_item")
def entry_menu_item() -> MenuItem:
    """Right below the inbox."""
    return EntryMenuItem(
        _("Enter a request"), reverse("enter_request"), name="enter-request", icon_name="edit", order=60
    )
