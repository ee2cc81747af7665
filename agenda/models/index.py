"""The agenda: events by date, filtered, and the calendars that keep the filters."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin

from cms.pages.base import SitePage


class EventIndexPage(RoutablePageMixin, SitePage):
    """All events below, by date."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)

    template = "pages/event_index.html"
    subpage_types = ["agenda.EventPage"]
    content_panels = [*SitePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")
