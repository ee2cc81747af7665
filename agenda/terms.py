"""What an event can be: audiences, statuses, accessibility, after OpenAgenda's codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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
