"""Organisations of the town that are not the town: associations, shops."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from directory.models.entries import Contact, Entry, synchronized


class Organisation(Contact, Entry):
    """An association or a shop.

    Privacy: ``contact`` may name a person, who agreed to be published.
    """

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("Association")
        SHOP = "shop", _("Shop")

    class Theme(models.TextChoices):
        SPORT = "sport", _("Sport")
        CULTURE = "culture", _("Culture and leisure")
        SOLIDARITY = "solidarity", _("Solidarity and health")
        EDUCATION = "education", _("Youth and education")
        ENVIRONMENT = "environment", _("Environment")
        NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood life")
        FOOD = "food", _("Food")
        RESTAURANT = "restaurant", _("Restaurants and cafés")
        CRAFT = "craft", _("Crafts and repair")
        SERVICES = "services", _("Services")
        OTHER = "other", _("Other")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.ASSOCIATION, db_index=True)
    theme = models.CharField(_("theme"), max_length=20, choices=Theme, default=Theme.OTHER, db_index=True)
    summary = models.CharField(_("what it does"), max_length=255, blank=True)
    contact = models.CharField(
        _("contact"), max_length=150, blank=True, help_text=_("Name or function, if the person agrees.")
    )

    search_fields = [
        *Entry.search_fields,
        index.SearchField("summary", boost=2),
        index.FilterField("kind"),
        index.FilterField("theme"),
    ]
    translatable_fields = [
        TranslatableField("name"),
        TranslatableField("summary"),
        *synchronized("slug", "kind", "theme", "contact", *Contact.CONTACT_FIELDS),
    ]

    class Meta(Entry.Meta):
        verbose_name = _("association or shop")
        verbose_name_plural = _("associations and shops")
