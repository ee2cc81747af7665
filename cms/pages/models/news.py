"""News and their list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.images import get_image_model_string
from wagtail.models import PageQuerySet
from wagtail.search import index

from cms.pages.base import SitePage
from cms.pages.offers import page_blocks
from cms.pages.streams import OpenStreamField, offered_blocks

NEWS_PER_PAGE = 10


class NewsPage(SitePage):
    """A piece of news, dated."""

    published_on = models.DateField(_("date"), default=timezone.localdate, db_index=True)
    summary = models.TextField(_("summary"), max_length=400)
    image = models.ForeignKey(
        get_image_model_string(), models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    image_alt = models.CharField(
        _("description of the picture"),
        max_length=250,
        blank=True,
        help_text=_("What it shows, for those who can't see it. Empty if it only decorates."),
    )
    body = OpenStreamField(offered_blocks(page_blocks), verbose_name=_("body"), blank=True, use_json_field=True)

    template = "pages/news.html"
    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("published_on"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("image"), FieldPanel("image_alt")])], heading=_("Picture"), classname="collapsed"
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.FilterField("published_on"),
    ]

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")

    @classmethod
    def serving_queryset(cls) -> PageQuerySet:
        """Join the picture."""
        return super().serving_queryset().select_related("image")


class NewsIndexPage(SitePage):
    """All news, the latest first."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)

    template = "pages/news_index.html"
    max_count_per_parent = 1
    subpage_types = ["pages.NewsPage"]
    content_panels = [*SitePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of news")

    def news(self) -> PageQuerySet:
        """The live news of this list, the latest first."""
        return NewsPage.objects.child_of(self).live().select_related("image").order_by("-published_on", "-pk")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the feed and the asked page of news; a number that makes no sense gives the nearest page."""
        context = super().get_context(request, *args, **kwargs)
        context["feed_url"] = reverse("news_feed")
        context["news"] = Paginator(self.news(), NEWS_PER_PAGE).get_page(request.GET.get("page"))
        return context
