"""Trying a procedure before it is published: its draft, compiled as a version would be, for its author's eyes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.definition.versions import Procedure, ProcedureVersion

if TYPE_CHECKING:
    from procedures.definition.models import ProcedurePage

SLUG_PREFIX = "essai-"
LIVES = timedelta(days=1)


class TrialQuerySet(models.QuerySet["Trial"]):
    """Reads of trials."""

    def over(self, now: datetime | None = None) -> TrialQuerySet:
        """Those whose day has passed."""
        return self.filter(created_at__lte=(now or timezone.now()) - LIVES)


class Trial(models.Model):
    """The draft of a page on one day, to be filled in like a version, and forgotten the next.

    It is no version: no request can ever point to it.

    Privacy: no personal data but who tries.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    page = models.ForeignKey("definition.ProcedurePage", models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    content = models.JSONField(_("content"))
    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects: ClassVar[models.Manager[Any]] = TrialQuerySet.as_manager()

    class Meta:
        verbose_name = _("trial")
        verbose_name_plural = _("trials")

    def __str__(self) -> str:
        return self.slug

    @property
    def slug(self) -> str:
        """What stands in the place of the procedure's address."""
        return f"{SLUG_PREFIX}{self.key.hex}"

    @property
    def is_over(self) -> bool:
        """Whether its day has passed."""
        return self.created_at <= timezone.now() - LIVES

    def stand_in(self) -> Procedure:
        """A procedure that is in no table, whose current version is the trial."""
        page: ProcedurePage = self.page
        version = ProcedureVersion(number=0, content=self.content, fingerprint=self.fingerprint)
        procedure = Procedure(
            key=page.translation_key,
            slug=self.slug,
            title=version.in_language(settings.LANGUAGE_CODE).title,
            page=page,
            department_id=self.content["rules"]["department_id"],
            current=version,
        )
        procedure.trial = self
        return procedure


def find_trial(slug: str) -> Trial | None:
    """The trial of an address; None for any other slug, and once its day has passed."""
    key = slug.removeprefix(SLUG_PREFIX)
    if not slug.startswith(SLUG_PREFIX) or len(key) != 32 or not set(key) <= set("0123456789abcdef"):
        return None
    trial = Trial.objects.select_related("page").filter(key=key).first()
    return None if trial is None or trial.is_over else trial
