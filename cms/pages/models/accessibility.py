"""The accessibility statement that the law demands of every public site (RGAA 4.1.2)."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.pages.base import SitePage

FEATURES = ["bold", "italic", "ul", "ol", "link"]


class AccessibilityPage(SitePage):
    """The compulsory headings come from the template; editors fill in what is under each."""

    audited_on = models.DateField(_("audited on"), null=True, blank=True)
    auditor = models.CharField(_("audited by"), max_length=150, blank=True)
    passed_percent = models.DecimalField(
        _("criteria met (%)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    non_conformities = RichTextField(_("what does not conform"), features=FEATURES, blank=True)
    derogations = RichTextField(_("derogations for disproportionate burden"), features=FEATURES, blank=True)
    exemptions = RichTextField(_("content not subject to the obligation"), features=FEATURES, blank=True)
    established_on = models.DateField(_("statement established on"))
    technologies = models.CharField(_("technologies"), max_length=200, default="HTML5, CSS, SVG, JavaScript, WAI-ARIA")
    test_environment = RichTextField(_("tested with"), features=FEATURES, blank=True)
    sample = RichTextField(_("pages checked"), features=FEATURES, blank=True)
    contact = RichTextField(_("feedback and contact"), features=FEATURES)
    plan = RichTextField(_("multi-year plan and this year's plan"), features=FEATURES, blank=True)

    template = "pages/accessibility.html"
    max_count_per_parent = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("audited_on"), FieldPanel("auditor"), FieldPanel("passed_percent")]),
                FieldPanel("non_conformities"),
                FieldPanel("derogations"),
                FieldPanel("exemptions"),
            ],
            heading=_("Results of the tests"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("established_on"),
                FieldPanel("technologies"),
                FieldPanel("test_environment"),
                FieldPanel("sample"),
            ],
            heading=_("How this statement was established"),
        ),
        FieldPanel("contact"),
        FieldPanel("plan"),
    ]
    search_fields = [*SitePage.search_fields, index.SearchField("non_conformities")]

    class Meta:
        verbose_name = _("accessibility statement")
