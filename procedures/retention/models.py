"""What each night deleted, and what must wait."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.inbox.models import ServiceRequest


class RetentionRun(models.Model):
    """One application of the rules: a night's, or a trial that deletes nothing.

    Privacy: counts and tracking numbers, no words of anybody.
    """

    started_at = models.DateTimeField(_("started"), default=timezone.now)
    # None: it is running, or was cut short; what it had done stays done and the next one goes on.
    ended_at = models.DateTimeField(_("ended"), null=True)
    dry_run = models.BooleanField(_("trial"), default=False)
    limit = models.PositiveIntegerField(_("at most"))
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    announced = models.PositiveIntegerField(_("announced"), default=0)
    files_purged = models.PositiveIntegerField(_("documents deleted"), default=0)
    answers_purged = models.PositiveIntegerField(_("data deleted"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    is_capped = models.BooleanField(_("more is left for the next night"), default=False)
    # {"procedures": [{"title", "announced", "files_purged", "answers_purged"}], "held": number, "failed": [numbers]}
    report: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("run of retention")
        verbose_name_plural = _("runs of retention")
        ordering = ["-started_at", "-id"]
        permissions = [("answer_rights", _("Can answer requests for access and erasure, of all departments"))]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class HoldQuerySet(models.QuerySet[Any]):
    """Named reads of holds."""

    def in_force(self) -> Self:
        """Those not lifted."""
        return self.filter(lifted_at=None)


class Hold(models.Model):
    """A request whose data is kept until somebody lifts this: an appeal, a claim before a court.

    Privacy: a reason in an agent's words; emptied with the request's data.
    """

    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="holds")
    reason = models.CharField(_("reason"), max_length=300)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    placed_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        ordering = ["-placed_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["request"], condition=models.Q(lifted_at=None), name="one_hold_in_force")
        ]

    def __str__(self) -> str:
        return self.reason
