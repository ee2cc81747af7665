"""The daily aggregates that every figure comes from: no name, no word, no number of a request."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from procedures.inbox.transitions import Channel

ANY = 0
"""Stands for all districts together."""
NOWHERE = -1
"""The « district » of requests that have none."""


class Span(models.TextChoices):
    """What a tally counts."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    NOW = "now", _("Now")


class Grain(models.IntegerChoices):
    """Which dimensions a tally tells apart, beside department and procedure; the others are added up."""

    COARSE = 0, _("Department and procedure")
    CHANNEL = 1, _("And channel")
    DISTRICT = 2, _("And district")
    FINE = 3, _("And channel and district")


class Tally(models.Model):
    """Requests of one day or month, or waiting now, counted for one department and procedure.

    A request counts for the department that has it, or that decided it. Ids are plain numbers:
    figures outlive what they are about.

    Privacy: counts alone; what is shown of fewer than five requests is decided where it is shown.
    """

    span = models.CharField(max_length=5, choices=Span)
    grain = models.PositiveSmallIntegerField(choices=Grain)
    # Of the month for a month; of the count for what waits now.
    first_day = models.DateField()
    department_id = models.BigIntegerField()
    procedure_id = models.BigIntegerField()
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    district_id = models.BigIntegerField(default=ANY)

    received = models.PositiveIntegerField(default=0)
    decided = models.PositiveIntegerField(default=0)
    # Decided, with an announced date, and by that date.
    promised = models.PositiveIntegerField(default=0)
    promise_kept = models.PositiveIntegerField(default=0)
    # Decided, with a legal date, and by that date.
    bound = models.PositiveIntegerField(default=0)
    bound_kept = models.PositiveIntegerField(default=0)
    first_contact = models.PositiveIntegerField(default=0)
    reopened = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    overdue = models.PositiveIntegerField(default=0)
    # How many answers took so many days: {"12": 3}; how many residents gave which step: {"5": 2}.
    days = models.JSONField(default=dict)
    steps = models.JSONField(default=dict)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        default_permissions = ()
        permissions = [("view_all_figures", _("See the figures of all departments"))]
        constraints = [
            models.UniqueConstraint(
                fields=["span", "grain", "first_day", "department_id", "procedure_id", "channel", "district_id"],
                name="tally_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.span} {self.first_day}"


class Progress(models.Model):
    """How far the log has been counted; one row.

    A transaction that began earlier may still bring in an id below ``reached_id``. It is noticed
    by the number of events above ``safe_id``, which nothing that is still open can come before.
    """

    safe_id = models.BigIntegerField(default=0)
    # Reached at ``marked_at``: safe, once that is long enough ago.
    marked_id = models.BigIntegerField(default=0)
    marked_at = models.DateTimeField(null=True)
    reached_id = models.BigIntegerField(default=0)
    # Events above ``safe_id``, up to ``reached_id``.
    seen = models.PositiveBigIntegerField(default=0)
    counted_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("progress of the counting")
        verbose_name_plural = _("progress of the counting")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.reached_id}"
