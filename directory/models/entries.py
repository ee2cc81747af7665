"""What all entries of the directory share: a name, a slug, a language, ways to reach them."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from anyascii import anyascii
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin
from wagtail_localize.fields import SynchronizedField

phone_validator = RegexValidator(
    r"^\+?[0-9][0-9 .()/+-]{1,58}$", _("Write a phone number with digits and spaces, for instance 02 00 00 00 00.")
)


def plain(words: str) -> str:
    """Small letters without accents: few databases sort É among the E, or find it by e."""
    return anyascii(words).lower()


def synchronized(*names: str) -> list[SynchronizedField]:
    """Fields that translations copy from the source row and nobody translates."""
    return [SynchronizedField(name, overridable=False) for name in names]


class EntryQuerySet(SearchableQuerySetMixin, models.QuerySet[Any]):
    """Reads that every kind of entry knows."""

    def source(self) -> Self:
        """The rows of the source language: those that everything else points at."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)

    def with_words(self, text: str) -> Self:
        """The rows that have every word of ``text`` in them, whatever the accents."""
        return self.filter(*(Q(plain_words__contains=word) for word in plain(text).split()))

    def in_language(self, code: str) -> Self:
        """The rows of one language."""
        return self.filter(locale__language_code=code)


class Entry(TranslatableMixin, index.Indexed, ClusterableModel):
    """An entry of the directory, one row per language."""

    name = models.CharField(_("name"), max_length=255)
    slug = models.SlugField(
        _("address on the site"),
        max_length=255,
        help_text=_("The end of the page's address, the same in every language: letters, digits and hyphens."),
    )

    sort_name = models.CharField(max_length=255, editable=False, db_index=True)
    plain_words = models.TextField(editable=False)

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    search_fields = [
        index.SearchField("name", boost=5),
        index.AutocompleteField("name"),
        index.FilterField("locale"),
        index.FilterField("slug"),
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ["sort_name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["locale", "slug"],
                name="%(class)s_slug_once_per_language",
                violation_error_message=_("Another entry has this address on the site already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what entries are sorted and found by."""
        self.note_words()
        super().save(*args, **kwargs)

    def note_words(self) -> None:
        """Write the name, and name, town and summary, in plain letters; bulk writes call this themselves."""
        self.sort_name = plain(self.name)[:255]
        said = (self.name, getattr(self, "town", ""), getattr(self, "summary", ""))
        self.plain_words = plain(" ".join(said))


class Contact(models.Model):
    """How to reach an entry; the same in every language."""

    phone = models.CharField(
        _("phone"),
        max_length=60,
        blank=True,
        validators=[phone_validator],
        help_text=_("Two numbers are separated by a slash."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    street = models.CharField(_("street"), max_length=255, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    town = models.CharField(_("town"), max_length=100, blank=True)

    CONTACT_FIELDS: ClassVar[tuple[str, ...]] = ("phone", "email", "website", "street", "postcode", "town")

    class Meta:
        abstract = True

    @property
    def phones(self) -> list[str]:
        """The numbers, one by one."""
        return [number.strip() for number in self.phone.split("/") if number.strip()]

    @property
    def address_lines(self) -> list[str]:
        """Street, then postcode and town; only what is known."""
        return [line for line in (self.street, f"{self.postcode} {self.town}".strip()) if line]


class Located(models.Model):
    """A point on the map, in degrees (WGS 84)."""

    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )

    class Meta:
        abstract = True
