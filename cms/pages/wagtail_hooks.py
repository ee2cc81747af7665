"""What the site adds to Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.pages.models import Alert
from cms.pages.rich_text import SnapshotLinkHandler


class AlertViewSet(SnippetViewSet):
    """Alerts, in the main menu: they are needed in a hurry."""

    model = Alert
    icon = "warning"
    menu_label = _("Alerts")
    add_to_admin_menu = True
    list_display = ["title", "kind", "begins_at", "ends_at"]
    list_filter = ["kind"]


register_snippet(AlertViewSet)


@hooks.register("register_rich_text_features", order=100)
def link_from_the_snapshot(features: FeatureRegistry) -> None:
    """Expand links to pages without a query."""
    features.register_link_type(SnapshotLinkHandler)


class StricterCheckerItem(ContentCheckerItem):
    """Wagtail's checker, with the rules on pictures and contrast that it leaves out."""

    def get_axe_run_only(self, request: HttpRequest) -> list[str]:
        """All of WCAG 2.2 AA, and the State's reference."""
        return ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice"]


@hooks.register("construct_wagtail_userbar")
def check_more(request: HttpRequest, items: list[Any], page: Page) -> None:
    """Put the stricter checker in the place of Wagtail's."""
    items[:] = [
        StricterCheckerItem(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
