"""“Enter a request”, in Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from procedures.definition.models import ProcedurePage
from procedures.filing.entry import PERMISSION, EntryView, JoinView
from procedures.filing.trial_screens import PhoneView, TryView


class EntryMenuItem(MenuItem):
    """For agents who take requests at the counter or on the phone."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Shown to whoever may answer requests."""
        return request.user.has_perm(PERMISSION)


@hooks.register("register_admin_urls")
def entry_addresses() -> list[URLPattern]:
    """Put the form at ``/admin/saisir-une-demande/``, trials beside the procedures."""
    return [
        path("saisir-une-demande/", EntryView.as_view(), name="enter_request"),
        path("saisir-une-demande/<uuid:key>/joindre/<int:pk>/", JoinView.as_view(), name="join_request"),
        path("demarches/<int:page_id>/essayer/", TryView.as_view(), name="try_procedure"),
        path("demarches/essais/<uuid:key>/telephone/", PhoneView.as_view(), name="trial_phone"),
    ]


@hooks.register("register_page_header_buttons")
def try_button(page: Page, user: Any, **_kwargs: Any) -> Iterator[Button]:
    """Lead from a procedure's editor to a trial of its draft."""
    if issubclass(page.specific_class, ProcedurePage) and page.pk:
        yield Button(_("Try"), reverse("try_procedure", args=[page.pk]), icon_name="view", priority=60)


@hooks.register("register_page_listing_more_buttons")
def try_in_list(page: Page, user: Any, **_kwargs: Any) -> Iterator[Button]:
    """The same from the list of procedures."""
    if issubclass(page.specific_class, ProcedurePage) and page.permissions_for_user(user).can_edit():
        yield Button(_("Try"), reverse("try_procedure", args=[page.pk]), icon_name="view", priority=55)


@hooks.register("register_admin_menu_item")
def entry_menu_item() -> MenuItem:
    """Right below the inbox."""
    return EntryMenuItem(
        _("Enter a request"), reverse("enter_request"), name="enter-request", icon_name="edit", order=60
    )
