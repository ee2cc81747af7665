"""The agenda: events by date, filtered, and the calendars that keep the filters."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from agenda.answers import calendar_answer, feed_answer
from agenda.filters import read_filters
from agenda.listing import Agenda, address, title_of
from agenda.models.timing import EventTiming
from cms.pages.base import SitePage


class EventIndexPage(RoutablePageMixin, SitePage):
    """All events below, by date. Its calendar and its feed keep the visitor's filters."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)

    template = "pages/event_index.html"
    subpage_types = ["agenda.EventPage"]
    content_panels = [*SitePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")

    @property
    def agenda(self) -> Agenda:
        """The agenda below this page."""
        return Agenda(EventTiming.objects.all(), self.path, self.locale_code)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the dates that the visitor asked for, and where to subscribe to them."""
        asked = read_filters(request.GET)
        query, here = asked.filters.query(), self.public_url or ""
        calendar_url = address(f"{here}ics/", query)
        return {
            **super().get_context(request, *args, **kwargs),
            **self.agenda.listing(asked, request.GET.get("page"), timezone.now()),
            "calendar_url": calendar_url,
            "subscribe_url": f"webcal://{request.get_host()}{calendar_url}",
            "feed_url": address(f"{here}rss/", query),
        }

    @path("ics/", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """The dates that the filters keep, as a calendar to subscribe to."""
        filters = read_filters(request.GET).filters
        found = self.agenda.to_subscribe(filters, timezone.now())
        name = title_of(self.title, filters)
        return calendar_answer(request, found, name=name, slug=self.slug, language=self.locale_code)

    @path("rss/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The same as RSS."""
        filters = read_filters(request.GET).filters
        link = address(self.public_url or "", filters.query())
        found = self.agenda.to_subscribe(filters, timezone.now())
        name = title_of(self.title, filters)
        return feed_answer(request, found, name=name, link=link, language=self.locale_code)
