"""What is offered to other applications, in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet, SnippetViewSetGroup

from procedures.open311.models import ApiKey, OfferedService


class OfferedServiceViewSet(SnippetViewSet):
    """Which procedures applications may file."""

    model = OfferedService
    icon = "form"
    list_display = ["procedure", "group", BooleanColumn("is_public", label=_("listed in public"))]
    panels = [
        FieldPanel("procedure", widget=forms.Select),
        FieldPanel("group"),
        FieldPanel("keywords"),
        FieldPanel("is_public"),
        FieldPanel("shows_position"),
    ]


class ApiKeyCreateView(CreateView):
    """Draws the key, and shows it once."""

    def save_instance(self) -> Any:
        """Keep the fingerprint alone."""
        drawn = self.form.instance.draw()
        saved = super().save_instance()
        warning = _now("The key of %(label)s is shown this once, hand it over now: %(key)s")
        messages.warning(self.request, warning % {"label": saved, "key": drawn})
        return saved


class ApiKeyViewSet(SnippetViewSet):
    """The applications that may report."""

    model = ApiKey
    icon = "key"
    add_view_class = ApiKeyCreateView
    list_display = ["label", BooleanColumn("is_active", label=_("active")), "requests_per_hour", "created_at"]
    panels = [FieldPanel("label"), FieldPanel("is_active"), FieldPanel("requests_per_hour")]
    copy_view_enabled = False


class Open311Group(SnippetViewSetGroup):
    """The menu “Open311”, for administrators."""

    items = (OfferedServiceViewSet, ApiKeyViewSet)
    menu_label = "Open311"
    menu_icon = "globe"
    menu_order = 700
    add_to_admin_menu = True


register_snippet(Open311Group)
