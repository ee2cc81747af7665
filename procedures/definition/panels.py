"""How the editor of a procedure is laid out: what it is, what it asks, what the law says."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface

from cms.pages.base import SitePage
from procedures.definition.checks_panel import ChecksPanel

PRESENTATION = [
    *SitePage.content_panels,
    # A plain list of the departments one writes for: the chooser of snippets would offer them all.
    FieldPanel("department", widget=forms.Select),
    FieldPanel("theme"),
    FieldPanel("introduction"),
    FieldPanel("needed"),
    FieldPanel("alternative"),
]
OUTCOMES = [FieldPanel("routes"), FieldPanel("fees")]
LAW = [
    MultiFieldPanel(
        [
            FieldPanel("silence_effect"),
            FieldRowPanel([FieldPanel("delay"), FieldPanel("delay_unit")]),
            FieldRowPanel([FieldPanel("announced_delay_days"), FieldPanel("announced_delay_unit")]),
        ],
        heading=_("Delays"),
    ),
    FieldPanel("remedies"),
    MultiFieldPanel(
        [FieldPanel("purpose"), FieldRowPanel([FieldPanel("retention_months"), FieldPanel("files_months")])],
        heading=_("Personal data"),
    ),
    MultiFieldPanel([FieldPanel("declaration"), FieldPanel("confirmation")], heading=_("Sending")),
]

EDIT_PANELS = TabbedInterface(
    [
        ObjectList(PRESENTATION, heading=_("Presentation")),
        ObjectList([FieldPanel("steps")], heading=_("Steps and questions")),
        ObjectList(OUTCOMES, heading=_("Routes and fees")),
        ObjectList(LAW, heading=_("Delays and law")),
        ObjectList([ChecksPanel()], heading=_("Checks")),
        ObjectList(SitePage.promote_panels, heading=_("Promotion")),
        ObjectList(SitePage.settings_panels, heading=_("Publication")),
    ]
)
