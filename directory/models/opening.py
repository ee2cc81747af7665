"""Opening hours of an entry. They live on the source row only."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Orderable, TranslatableMixin

from directory.fields import WeeklyHoursField


class OnPublicHolidays(models.TextChoices):
    """What happens on a public holiday."""

    CLOSED = "closed", _("Closed on public holidays")
    OPEN = "open", _("Open as on other days")
    UNKNOWN = "unknown", _("Not known")


class Opening(models.Model):
    """When an entry receives people: weekly hours, public holidays, a remark."""

    weekly_hours = WeeklyHoursField(_("weekly opening hours"))
    on_public_holidays = models.CharField(
        _("public holidays"), max_length=10, choices=OnPublicHolidays, default=OnPublicHolidays.CLOSED
    )
    hours_note = models.CharField(
        _("remark on the opening hours"),
        max_length=255,
        blank=True,
        help_text=_("For instance “last entry half an hour before closing”."),
    )

    OPENING_FIELDS = ("weekly_hours", "on_public_holidays")

    class Meta:
        abstract = True


class Closure(TranslatableMixin, Orderable):
    """An exceptional closure, both days included."""

    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    reason = models.CharField(
        _("reason"), max_length=120, blank=True, help_text=_("In a few words, for instance “works”.")
    )

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ["first_day", "pk"]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"

    def clean(self) -> None:
        """Refuse a closure that ends before it begins."""
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day comes before the first.")})

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Validate; a closure of one day may leave the last day out."""
        if self.first_day and not self.last_day:
            self.last_day = self.first_day
        super().full_clean(*args, **kwargs)
