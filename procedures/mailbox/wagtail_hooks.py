"""E-mails in Wagtail's admin: where they go, and what became of them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.accounts.models import User
from procedures.mailbox.models import IncomingMail, MailboxRoute

STATE = Column("get_state_display", label=_("state"), sort_key="state")


class MailboxRouteViewSet(SnippetViewSet):
    """What is written to which address becomes what."""

    model = MailboxRoute
    icon = "site"
    list_display = ["address", "procedure"]
    panels = [FieldPanel("address"), FieldPanel("procedure", widget=forms.Select)]


class ReadOnly(ModelPermissionPolicy):
    """Nobody writes what came in; who may see it is told by the permission to view."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """To view, at most."""
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: User, actions: list[str]) -> bool:
        """To view, at most."""
        return "view" in actions and self.user_has_permission(user, "view")


class IncomingMailViewSet(SnippetViewSet):
    """What became of each e-mail: who wrote, never what."""

    model = IncomingMail
    icon = "mail"
    list_display = ["taken_at", "sender", STATE, "reason"]
    list_filter = ["state"]
    inspect_view_enabled = True
    inspect_view_fields = ["taken_at", "sender", "state", "reason", "size_bytes", "treated_at"]
    copy_view_enabled = False
    ordering = ["-taken_at"]

    @property
    def permission_policy(self) -> ReadOnly:
        """Looking only."""
        return ReadOnly(self.model)


class MailboxGroup(SnippetViewSetGroup):
    """The menu “E-mails received”, for administrators."""

    items = (IncomingMailViewSet, MailboxRouteViewSet)
    menu_label = _("E-mails received")
    menu_icon = "mail"
    menu_order = 690
    add_to_admin_menu = True


register_snippet(MailboxGroup)
