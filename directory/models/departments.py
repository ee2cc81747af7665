"""Divisions of the town's administration, and the departments that answer residents."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from directory.models.entries import Contact, Entry, synchronized
from directory.models.opening import Closure, Opening


class Division(Entry):
    """A part of the administration that groups departments."""

    translatable_fields = [TranslatableField("name"), *synchronized("slug")]

    class Meta(Entry.Meta):
        verbose_name = _("division")
        verbose_name_plural = _("divisions")


class Department(Contact, Opening, Entry):  # type: ignore[django-manager-missing]  # ParentalKey carries no types
    """A department: who answers, where its desk is, when it is open."""

    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="departments", verbose_name=_("division")
    )
    summary = models.CharField(
        _("what it does"), max_length=255, blank=True, help_text=_("One sentence, in the words of residents.")
    )
    desk = models.TextField(
        _("how to come"), blank=True, help_text=_("Entrance, floor, bus stop, with or without appointment.")
    )
    accessibility = models.TextField(_("accessibility"), blank=True)

    search_fields = [
        *Entry.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("desk"),
    ]
    translatable_fields = [
        TranslatableField("name"),
        TranslatableField("summary"),
        TranslatableField("desk"),
        TranslatableField("accessibility"),
        TranslatableField("hours_note"),
        TranslatableField("closures"),
        *synchronized("slug", "division", *Contact.CONTACT_FIELDS, *Opening.OPENING_FIELDS),
    ]

    class Meta(Entry.Meta):
        verbose_name = _("department")
        verbose_name_plural = _("departments")


class DepartmentClosure(Closure):
    """Days on which a department is closed."""

    department = ParentalKey(Department, on_delete=models.CASCADE, related_name="closures")
    translatable_fields = [TranslatableField("reason"), *synchronized("first_day", "last_day")]

    class Meta(Closure.Meta):
        verbose_name = _("exceptional closure")
        verbose_name_plural = _("exceptional closures")
