"""What the mediator adds to a complaint, and the reports."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.inbox.models import Note, ServiceRequest


class Outcome(models.TextChoices):
    """How a mediation ends."""

    AGREEMENT = "agreement", _("Agreement between the resident and the department")
    FOLLOWED = "followed", _("Recommendation followed")
    NOT_FOLLOWED = "not_followed", _("Recommendation not followed")
    INADMISSIBLE = "inadmissible", _("Not for the mediator")
    WITHDRAWN = "withdrawn", _("Withdrawn by the resident")


SETTLED = frozenset({Outcome.AGREEMENT, Outcome.FOLLOWED})
EXAMINED = SETTLED | {Outcome.NOT_FOLLOWED}


class Recommendation(models.Model):
    """What the mediator recommends to a department; it reads it as a note on its request.

    Privacy: may speak of a resident; the words live in the note, purged with the answers.
    """

    complaint = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="recommendations")
    note = models.OneToOneField(Note, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.complaint_id} · {self.made_at:%Y-%m-%d}"


class Ending(models.Model):
    """How the mediation of a complaint ended.

    Privacy: no personal data of its own; survives the purge of the complaint.
    """

    complaint = models.OneToOneField(ServiceRequest, models.CASCADE, related_name="mediation_ending")
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    ended_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("end of a mediation")
        verbose_name_plural = _("ends of mediations")

    def __str__(self) -> str:
        return str(self.get_outcome_display())


class MediatorReport(models.Model):
    """The report of a year: the mediator's words, and figures that no longer move once it is published.

    Privacy: no personal data; numbers under five are grouped before they are kept.
    """

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    introduction = models.TextField(_("introduction"), blank=True, max_length=20_000)
    recommendations = models.TextField(_("recommendations"), blank=True, max_length=20_000)
    # figures.Figures as a dictionary, as they were counted on the day of publication.
    figures = models.JSONField(default=dict, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("mediator's report")
        verbose_name_plural = _("mediator's reports")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)
