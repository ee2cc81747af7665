"""An event: what, for whom, where, at what price, and whether it still happens."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.images import get_image_model_string
from wagtail.models import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.pages.base import SitePage
from cms.pages.offers import page_blocks
from cms.pages.streams import OpenStreamField, offered_blocks
from cms.search.folding import fold


class Audience(models.TextChoices):
    """For whom an event is made first; anybody may come to any."""

    EVERYONE = "everyone", _("Everyone")
    CHILDREN = "children", _("Children")
    YOUNG = "young", _("Young people")
    FAMILIES = "families", _("Families")
    ADULTS = "adults", _("Adults")
    SENIORS = "seniors", _("Seniors")


class EventStatus(models.TextChoices):
    """Whether an event happens as announced."""

    SCHEDULED = "scheduled", _("As announced")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")
    FULL = "full", _("Full")
    MOVED_ONLINE = "moved_online", _("Moved online")


ACCESS_LABELS = {
    "access_hi": _("Hearing impairment"),
    "access_vi": _("Visual impairment"),
    "access_pi": _("Psychic impairment"),
    "access_mi": _("Motor impairment"),
    "access_ii": _("Intellectual impairment"),
}
"""Fields of the page after OpenAgenda's codes (hi, vi, pi, mi, ii): who is welcomed specially."""

FACTS = ("status", "place", "online_url", "is_free", "audience", "booking_url", "image", *ACCESS_LABELS)
"""What no language changes; translations take it from the source (``agenda.translations``)."""


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

    def clean(self) -> None:
        """Refuse an event that has moved online to nowhere.

        Raises:
            ValidationError: the online address is missing.
        """
        super().clean()
        if self.status == EventStatus.MOVED_ONLINE and not self.online_url:
            raise ValidationError({"online_url": _("Moved online: give the address to follow it.")})

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save with the words to filter by, and the place's source row."""
        if self.place is not None and self.place.locale.language_code != settings.LANGUAGE_CODE:
            self.place = self.place.get_translations().source().first() or self.place
        place = self.place.name if self.place is not None else ""
        self.folded = fold(" ".join((self.title, self.summary, self.place_text, place, self.organiser)))
        return super().save(*args, **kwargs)
