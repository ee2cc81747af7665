"""A section: an introduction and what is below."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.pages import site
from cms.pages.base import SitePage
from cms.pages.offers import page_blocks
from cms.pages.streams import OpenStreamField, offered_blocks


class SectionPage(SitePage):
    """Gathers guides and other pages; its own text may be empty."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)
    body = OpenStreamField(offered_blocks(page_blocks), verbose_name=_("body"), blank=True, use_json_field=True)

    template = "pages/section.html"
    content_panels = [*SitePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*SitePage.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pages below, with their summaries where they have one."""
        context = super().get_context(request, *args, **kwargs)
        context["entries"] = site.shared(f"section-{self.pk}", lambda: child_entries(self.pk))
        return context


def child_entries(page_id: int) -> list[dict[str, str]]:
    """Title, address and summary (the sentence written for lists and engines), in one query."""
    children = site.current().children(page_id)
    summaries = dict(Page.objects.filter(pk__in=[ref.id for ref in children]).values_list("pk", "search_description"))
    return [{"title": ref.title, "url": ref.url, "text": summaries.get(ref.id, "")} for ref in children]
