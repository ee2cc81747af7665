"""A banner over every page, between two dates."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField


class Alert(TranslatableMixin, models.Model):
    """Something everybody must know now: a flood, a closed town hall, a heat wave."""

    class Kind(models.TextChoices):
        INFO = "info", _("Information")
        WARNING = "warning", _("Warning")
        ERROR = "error", _("Danger")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.INFO)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=400, blank=True)
    link = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("page to read")
    )
    begins_at = models.DateTimeField(_("shown from"), default=timezone.now)
    ends_at = models.DateTimeField(_("shown until"), null=True, blank=True)

    panels = [
        FieldPanel("kind"),
        FieldPanel("title"),
        FieldPanel("text"),
        PageChooserPanel("link"),
        FieldRowPanel([FieldPanel("begins_at"), FieldPanel("ends_at")]),
    ]
    override_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("text"),
        SynchronizedField("kind"),
        SynchronizedField("begins_at"),
        SynchronizedField("ends_at"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-begins_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse an alert that would never be shown."""
        if self.ends_at is not None and self.begins_at is not None and self.ends_at <= self.begins_at:
            raise ValidationError({"ends_at": _("The end must come after the beginning.")})

    def is_shown(self, now: datetime) -> bool:
        """Tell whether ``now`` falls between the two dates."""
        return self.begins_at <= now and (self.ends_at is None or now < self.ends_at)
