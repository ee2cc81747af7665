"""When an event happens: what the editor typed, and the two instants it makes."""

from __future__ import annotations

import uuid
from datetime import time, timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from agenda.clock import instant, midnight
from agenda.querysets import TimingQuerySet


class EventTiming(models.Model):
    """One date of an event, with or without times, over one day or several.

    ``begin`` and ``end`` follow from the rest when it is saved: aware, in UTC, the end
    excluded. Without a time it lasts the whole of its days; with a start and no end, until
    midnight, so that it stays in the agenda that day.
    """

    event = ParentalKey("agenda.EventPage", on_delete=models.CASCADE, related_name="timings")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    """Kept through edits and translations: calendars know the date by it."""
    day = models.DateField(_("date"))
    start_time = models.TimeField(_("start"), null=True, blank=True, help_text=_("Leave empty if there is no time."))
    last_day = models.DateField(_("last day"), null=True, blank=True, help_text=_("If it lasts several days."))
    end_time = models.TimeField(_("end"), null=True, blank=True)
    begin = models.DateTimeField(editable=False)
    end = models.DateTimeField(editable=False)

    objects: ClassVar[models.Manager[Any]] = TimingQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("day"), FieldPanel("start_time")]),
        FieldRowPanel([FieldPanel("last_day"), FieldPanel("end_time")]),
    ]

    class Meta:
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        ordering = ["begin", "id"]
        indexes = [models.Index(fields=["end", "begin"], name="timing_end_begin")]
        constraints = [models.CheckConstraint(condition=models.Q(end__gte=models.F("begin")), name="timing_forward")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}" + (f" {self.start_time:%H:%M}" if self.start_time else "")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with instants that agree with the days and times."""
        self.work_out()
        super().save(*args, **kwargs)

    @property
    def without_time(self) -> bool:
        """Only days are known."""
        return self.start_time is None

    def clean(self) -> None:
        """Refuse what ends before it begins, then work out the instants.

        Raises:
            ValidationError: an end before the start, or an end time without a start time.
        """
        super().clean()
        if self.day is None:
            return
        if self.end_time is not None and self.start_time is None:
            raise ValidationError({"start_time": _("Give the start too, or leave both times empty.")})
        if self.last_day is not None and self.last_day < self.day:
            raise ValidationError({"last_day": _("The last day comes before the first.")})
        self.work_out()
        if self.end < self.begin:
            raise ValidationError({"end_time": _("It ends before it starts. After midnight? Give the last day too.")})

    def work_out(self) -> None:
        """Set ``begin`` and ``end`` from the days and times."""
        last_day = self.last_day or self.day
        self.begin = instant(self.day, self.start_time or time())
        if self.start_time is not None and self.end_time is not None:
            self.end = instant(last_day, self.end_time)
        else:
            self.end = midnight(last_day + timedelta(days=1))
