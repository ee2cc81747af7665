"""Scenarios: a way through a procedure, kept with what must come out of it."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    """Reads of scenarios."""

    def of(self, key: UUID) -> ScenarioQuerySet:
        """Those of the procedure with that translation key."""
        return self.filter(procedure_key=key)


class Scenario(models.Model):
    """Answers to a procedure and what they led to when an author looked at it and found it right.

    It belongs to the pages' translation key: a procedure has scenarios before it has a version.

    Privacy: made-up answers of an author; nobody should type a real resident's.
    """

    procedure_key = models.UUIDField(editable=False, db_index=True)
    name = models.CharField(_("name"), max_length=120)
    # Kept answers under their question's id.
    answers: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("answers"), default=dict)
    # A replaying.Outcome as JSON.
    expected: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("expected"), default=dict)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField(_("accepted"), default=timezone.now)

    objects: ClassVar[models.Manager[Any]] = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["procedure_key", "name"], name="scenario_name_once")]

    def __str__(self) -> str:
        return self.name
