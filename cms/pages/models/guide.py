"""A guide: what somebody in a given situation needs to know and do."""

from __future__ import annotations

import math
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from cms.pages.base import SitePage
from cms.pages.offers import aside_blocks, page_blocks
from cms.pages.streams import OpenStreamField, offered_blocks

WORDS_PER_MINUTE = 200


class Audience(models.TextChoices):
    """To whom a guide speaks."""

    EVERYONE = "everyone", _("Everyone")
    FAMILIES = "families", _("Families")
    YOUNG = "young", _("16 to 25 years old")
    SENIORS = "seniors", _("Seniors")
    NEWCOMERS = "newcomers", _("New residents")
    DISABLED = "disabled", _("People with disabilities")
    COMPANIES = "companies", _("Companies")
    ASSOCIATIONS = "associations", _("Associations")
    CITIZENS = "citizens", _("Citizens")


class GuidePage(SitePage):
    """The body is made of blocks; the column beside it of what the other rooms offer."""

    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices, default=Audience.EVERYONE)
    summary = models.TextField(_("summary"), max_length=400, help_text=_("Two sentences at most: what one finds here."))
    body = OpenStreamField(offered_blocks(page_blocks), verbose_name=_("body"), use_json_field=True)
    aside = OpenStreamField(
        offered_blocks(aside_blocks),
        verbose_name=_("beside the guide"),
        help_text=_("Who to contact, which procedures go with it."),
        blank=True,
        use_json_field=True,
    )
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    verified_by = models.CharField(_("verified by"), max_length=120, blank=True)

    template = "pages/guide.html"
    subpage_types = ["pages.GuidePage"]
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("audience"),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("aside"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("verified_on"), FieldPanel("verified_by")])], heading=_("Last verification")
        ),
    ]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.FilterField("audience"),
    ]

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    @property
    def reading_minutes(self) -> int:
        """Minutes an adult needs to read the body, at least one."""
        words = len(strip_tags(str(self.body.get_prep_value())).split())
        return max(1, math.ceil(words / WORDS_PER_MINUTE))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the name of the audience."""
        return super().get_context(request, *args, **kwargs) | {"audience": self.get_audience_display()}
