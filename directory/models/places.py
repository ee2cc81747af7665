"""Places: town halls, schools, pools, parks, whatever residents go to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from directory.models.entries import Contact, Entry, Located, synchronized
from directory.models.opening import Closure, Opening


class Place(Contact, Located, Opening, Entry):  # type: ignore[django-manager-missing]  # ParentalKey carries no types
    """A place that is open to the public."""

    class Kind(models.TextChoices):
        TOWN_HALL = "town_hall", _("Town hall")
        SCHOOL = "school", _("School")
        CHILDCARE = "childcare", _("Childcare")
        LIBRARY = "library", _("Library")
        SPORT = "sport", _("Sport")
        CULTURE = "culture", _("Culture")
        PARK = "park", _("Park or garden")
        MARKET = "market", _("Market")
        HEALTH = "health", _("Health")
        SOCIAL = "social", _("Social life")
        WASTE = "waste", _("Waste and recycling")
        OTHER = "other", _("Other place open to the public")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER, db_index=True)
    summary = models.CharField(_("what one does there"), max_length=255, blank=True)
    accessibility = models.TextField(_("accessibility"), blank=True)
    on_home = models.BooleanField(
        _("on the home page"), default=False, help_text=_("The home page says whether it is open now.")
    )
    source = models.CharField(_("imported from"), max_length=20, blank=True, editable=False)
    source_id = models.CharField(_("identifier at the source"), max_length=60, blank=True, editable=False)

    source_digest = models.CharField(max_length=32, blank=True, editable=False)

    search_fields = [
        *Entry.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("town"),
        index.FilterField("kind"),
    ]
    translatable_fields = [
        TranslatableField("name"),
        TranslatableField("summary"),
        TranslatableField("accessibility"),
        TranslatableField("hours_note"),
        TranslatableField("closures"),
        *synchronized("slug", "kind", "latitude", "longitude", "on_home"),
        *synchronized(*Contact.CONTACT_FIELDS, *Opening.OPENING_FIELDS),
    ]

    class Meta(Entry.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")
        indexes = [models.Index(fields=["latitude", "longitude"], name="place_position")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=["locale", "source", "source_id"], condition=~Q(source=""), name="place_imported_once"
            ),
        ]


class PlaceClosure(Closure):
    """Days on which a place is closed."""

    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="closures")
    translatable_fields = [TranslatableField("reason"), *synchronized("first_day", "last_day")]

    class Meta(Closure.Meta):
        verbose_name = _("exceptional closure")
        verbose_name_plural = _("exceptional closures")
