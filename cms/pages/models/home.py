"""The home page: what residents need first, then what the rooms offer."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.pages.base import SitePage
from cms.pages.blocks.links import PageLink
from cms.pages.offers import Visit, home_sections
from cms.pages.streams import OpenStreamField


class HomePage(SitePage):
    """A question, a search box, and one section per line of ``HOME_SECTIONS``."""

    question = models.CharField(_("question"), max_length=120, help_text=_("For instance: What can we do for you?"))
    popular = OpenStreamField(
        [("link", PageLink())], verbose_name=_("often asked for"), blank=True, max_num=6, use_json_field=True
    )

    template = "pages/home.html"
    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*SitePage.content_panels, FieldPanel("question"), FieldPanel("popular")]
    search_fields = [*SitePage.search_fields, index.SearchField("question")]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the sections that have something to show."""
        context = super().get_context(request, *args, **kwargs)
        visit = Visit(language=get_language() or self.locale.language_code)
        shown = ((section, section.context(visit)) for section in home_sections)
        context["sections"] = [
            {"slug": section.slug, "template": section.template, "context": content}
            for section, content in shown
            if content is not None
        ]
        return context
