"""An event: what, for whom, where, at what price, and whether it still happens."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.images import get_image_model_string
from wagtail.models import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from agenda.answers import calendar_answer
from agenda.happenings import from_page
from agenda.places import place_card
from agenda.structured import events_as_json
from agenda.terms import ACCESS_LABELS, FACTS, Audience, EventStatus
from agenda.translations import follow_source, is_source
from agenda.wording import timing_in_words
from cms.pages.base import SitePage
from cms.pages.offers import page_blocks
from cms.pages.streams import OpenStreamField, offered_blocks
from cms.search.folding import fold


class EventPage(RoutablePageMixin, SitePage):
    """An event with one or several dates. Its words are translated, its facts and dates are not."""

    summary = models.TextField(_("summary"), max_length=300, help_text=_("One or two sentences, shown in the agenda."))
    body = OpenStreamField(offered_blocks(page_blocks), verbose_name=_("body"), blank=True, use_json_field=True)
    image = models.ForeignKey(
        get_image_model_string(), models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    image_alt = models.CharField(
        _("description of the picture"),
        max_length=250,
        blank=True,
        help_text=_("What it shows, for those who can't see it. Empty if it only decorates."),
    )
    status = models.CharField(_("status"), max_length=20, choices=EventStatus, default=EventStatus.SCHEDULED)
    status_note = models.CharField(
        _("about the status"),
        max_length=200,
        blank=True,
        help_text=_("For instance the reason, or when it is decided."),
    )
    place = models.ForeignKey(
        "directory.Place", models.SET_NULL, null=True, blank=True, related_name="events", verbose_name=_("place")
    )
    place_text = models.CharField(
        _("place in words"),
        max_length=200,
        blank=True,
        help_text=_("The room, the meeting point; the whole place if the directory does not have it."),
    )
    online_url = models.URLField(_("address to follow it online"), blank=True)
    is_free = models.BooleanField(_("free"), default=False)
    price = models.CharField(_("price"), max_length=200, blank=True, help_text=_("For instance: 5 €, 3 € under 12."))
    audience = models.CharField(_("audience"), max_length=20, choices=Audience, default=Audience.EVERYONE)
    access_hi = models.BooleanField(ACCESS_LABELS["access_hi"], default=False)
    access_vi = models.BooleanField(ACCESS_LABELS["access_vi"], default=False)
    access_pi = models.BooleanField(ACCESS_LABELS["access_pi"], default=False)
    access_mi = models.BooleanField(ACCESS_LABELS["access_mi"], default=False)
    access_ii = models.BooleanField(ACCESS_LABELS["access_ii"], default=False)
    access_note = models.CharField(
        _("accessibility in words"),
        max_length=200,
        blank=True,
        help_text=_("For instance: hearing loop, sign language, step-free."),
    )
    booking_url = models.URLField(_("address to book"), blank=True)
    organiser = models.CharField(_("organiser"), max_length=200, blank=True)
    folded = models.TextField(editable=False, default="")
    """Words that the agenda's text filter looks at, folded when the page is saved."""

    template = "pages/event.html"
    parent_page_types = ["agenda.EventIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("summary"),
        InlinePanel("timings", label=_("Date"), min_num=1),
        MultiFieldPanel([FieldPanel("status"), FieldPanel("status_note")], heading=_("As announced?")),
        MultiFieldPanel([FieldPanel("place"), FieldPanel("place_text"), FieldPanel("online_url")], heading=_("Where")),
        MultiFieldPanel([FieldPanel("is_free"), FieldPanel("price"), FieldPanel("booking_url")], heading=_("Price")),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("organiser")]),
        MultiFieldPanel(
            [*(FieldPanel(name) for name in ACCESS_LABELS), FieldPanel("access_note")],
            heading=_("Made accessible to people with"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("image"), FieldPanel("image_alt")])], heading=_("Picture"), classname="collapsed"
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.SearchField("place_text"),
        index.SearchField("organiser"),
    ]
    override_translatable_fields = [SynchronizedField(name, overridable=False) for name in (*FACTS, "timings")]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    @classmethod
    def serving_queryset(cls) -> PageQuerySet:
        """Join the place and the picture."""
        return super().serving_queryset().select_related("place", "image")

    @property
    def can_be_booked(self) -> bool:
        """There is somewhere to book, and something to book."""
        gone = {EventStatus.CANCELLED, EventStatus.FULL}
        return bool(self.booking_url) and self.status not in gone

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the dates, those to come first, and the facts in words."""
        language, now = self.locale_code, timezone.now()
        dates = from_page(self, language)
        to_come = [row for row in dates if row.end > now]
        site_url = request.build_absolute_uri("/")
        return {
            **super().get_context(request, *args, **kwargs),
            "to_come": [timing_in_words(row, now) for row in to_come],
            "over": [timing_in_words(row, now) for row in dates if row.end <= now],
            "place": place_card(self.place_id, language),
            "access": [label for name, label in ACCESS_LABELS.items() if getattr(self, name)],
            "calendar_url": f"{self.public_url or ''}ics/",
            "data": events_as_json(to_come or dates, site=site_url, language=language, booking_url=self.booking_url),
        }

    @path("ics/", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """The dates as a calendar."""
        language = self.locale_code
        return calendar_answer(request, from_page(self, language), name=self.title, slug=self.slug, language=language)

    def clean(self) -> None:
        """Refuse an event that has moved online to nowhere.

        Raises:
            ValidationError: the online address is missing.
        """
        super().clean()
        if self.status == EventStatus.MOVED_ONLINE and not self.online_url:
            raise ValidationError({"online_url": _("Moved online: give the address to follow it.")})

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save with the place's source row, the words to filter by and, in a translation, the source's facts."""
        if self.place is not None and self.place.locale.language_code != settings.LANGUAGE_CODE:
            self.place = self.place.get_translations().source().first() or self.place
        self.folded = self.words_to_filter()
        saved = super().save(*args, **kwargs)
        if not is_source(self):
            follow_source(self)
        return saved

    def words_to_filter(self) -> str:
        """Title, summary, place and organiser, folded."""
        place = self.place.name if self.place is not None else ""
        return fold(" ".join((self.title, self.summary, self.place_text, place, self.organiser)))
