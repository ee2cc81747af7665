"""A piece of long work: who asked for what, how far it is, and what it met."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from cms.accounts.roles import ADMINISTRATORS
from procedures.inbox.models import ServiceRequest


def sees_all(user: User | AnonymousUser) -> bool:
    """Whether ``user`` administers the site, and so reads the register of all."""
    return user.is_superuser or user.groups.filter(name=ADMINISTRATORS).exists()


class JobQuerySet(models.QuerySet[Any]):
    """Named reads of long work."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own; administrators see who did and exported what."""
        if not user.is_authenticated:
            return self.none()
        return self if sees_all(user) else self.filter(owner=user)

    def asked_for(self) -> Self:
        """All but what was prepared and never started."""
        return self.exclude(state=Job.State.PREPARED)

    def to_run(self, stale_before: datetime) -> Self:
        """What waits for a worker, or whose worker has given no sign of life since ``stale_before``."""
        nobody_has_it = models.Q(heartbeat_at=None) | models.Q(heartbeat_at__lt=stale_before)
        return self.filter(nobody_has_it, state__in=(Job.State.WAITING, Job.State.RUNNING))


UNDER_WAY = models.Q(state__in=["waiting", "running"])


class Job(models.Model):
    """The same action on many requests, or an export; the row is the register of who asked for what, when.

    Privacy: names staff; words meant for residents; ids of requests; kept ``JOB_DAYS``. The result file holds
    what its kind says, in the private storage, for ``EXPORT_FILE_DAYS``.
    """

    class Kind(models.TextChoices):
        BULK = "bulk", _("Bulk action")
        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel (XLSX)"
        ODS = "ods", "LibreOffice (ODS)"

    class State(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        WAITING = "waiting", _("About to start")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    # Slug of a bulk action (``actions``); "" for exports.
    action = models.CharField(max_length=20, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="jobs")
    # Who it was is still said when the account is gone.
    owner_name = models.CharField(max_length=310)
    language = models.CharField(max_length=10)
    # The filters of the list, as its address has them; "" where lines were ticked.
    query = models.TextField(blank=True)
    # What was filled in: name of the field → value.
    parameters = models.JSONField(default=dict)
    # Ids of requests and of departments, as they were when the work was asked for.
    request_ids = models.JSONField(default=list)
    department_ids = models.JSONField(default=list)
    # What a trial in memory foretold (``services.foretell``).
    preview = models.JSONField(default=dict)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREPARED)
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # Requests gone through, of which: changed, so already (the rest), refused.
    position = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    letters = models.PositiveIntegerField(default=0)
    papers = models.PositiveIntegerField(default=0)
    # Cells of a spreadsheet that were too long for it.
    cut = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)

    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # The result; "" once it is purged.
    storage_name = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Any]] = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("background work")
        verbose_name_plural = _("background works")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="job_of_owner"),
            models.Index(fields=["-created_at"], name="job_register"),
            models.Index(
                fields=["heartbeat_at", "state"],
                name="job_to_run",
                condition=models.Q(state__in=["waiting", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.action}".strip()

    @property
    def is_export(self) -> bool:
        """Whether it makes a file."""
        return self.kind != self.Kind.BULK

    @property
    def is_under_way(self) -> bool:
        """Whether its page should be looked at again."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def unchanged(self) -> int:
        """Requests that were so already."""
        return self.position - self.changed - self.refused

    @property
    def with_personal_data(self) -> bool:
        """Whether an export says who asked, and what."""
        return bool(self.parameters.get("personal"))


class Remark(models.Model):
    """A request that a bulk action could not be done to, or whose resident must be told by another means."""

    class Kind(models.TextChoices):
        REFUSED = "refused", _("Not done")
        UNREACHABLE = "unreachable", _("No e-mail address")

    job = models.ForeignKey(Job, models.CASCADE, related_name="remarks")
    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    # In the language of whoever asked.
    reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("remark on a bulk action")
        verbose_name_plural = _("remarks on bulk actions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.reason}"
