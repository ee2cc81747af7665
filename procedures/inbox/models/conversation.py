"""What residents and agents say to each other about a request, and the files they join."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.inbox.clock import Lack
from procedures.inbox.models.requests import ServiceRequest
from procedures.uploads.quarantine import Scan, Scanned


class Message(models.Model):
    """A text between the resident and the department, decisions included.

    Privacy: what residents and agents wrote; purged with the answers.
    """

    class Kind(models.TextChoices):
        MESSAGE = "message", _("Message")
        COMPLETION = "completion", _("Answer to a completion request")
        DECISION = "decision", _("Decision")

    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MESSAGE)
    from_resident = models.BooleanField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("text"), blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    by_email = models.BooleanField(default=False)
    # Address it came from, where that is not the requester's: agents are warned, nobody else reads it.
    unknown_sender = models.CharField(max_length=254, blank=True)
    # The form's own key: sending it twice makes one message.
    idempotency_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["sent_at", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class CompletionRequest(models.Model):
    """The city waits for what is missing; meanwhile the clock stops or starts anew (CRPA L114-5).

    Privacy: names of documents asked of a resident; purged with the answers.
    """

    class Reason(models.TextChoices):
        INCOMPLETE = Lack.INCOMPLETE.value, _("Something is missing")
        INCORRECT = Lack.INCORRECT.value, _("Something must be corrected")

    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="completion_requests")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason, default=Reason.INCOMPLETE)
    # List of names of documents, in the resident's words.
    missing = models.JSONField(_("missing"), default=list)
    explanation = models.TextField(_("explanation"), blank=True)
    by = models.DateField(_("last day to answer"))
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.OneToOneField(Message, models.SET_NULL, null=True, related_name="completes")

    class Meta:
        verbose_name = _("completion request")
        verbose_name_plural = _("completion requests")
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(answered_at__isnull=True), name="one_completion_awaited"
            )
        ]

    def __str__(self) -> str:
        return ", ".join(self.missing)


class Note(models.Model):
    """What agents tell each other; the resident does not see it on the site.

    Privacy: may speak of a resident, who can ask to read it (CRPA L311-1); purged with the answers.
    """

    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class AttachmentQuerySet(models.QuerySet[Any]):
    """Named reads of files."""

    def of_the_resident(self) -> Self:
        """Those that the resident may have: not what experts joined, nor what came from an unknown address."""
        return self.filter(models.Q(message=None) | models.Q(message__unknown_sender=""), opinion=None)


class Attachment(Scanned):
    """A file joined to a request, under a random name in the private storage.

    The row of one that was deleted for its virus stays, so that the agent knows what came.

    Privacy: supporting documents, often of identity; never served from a public folder,
    purged with the answers.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="attachments")
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="attachments")
    # Joined by an expert outside: agents see it, the resident's page does not.
    opinion = models.ForeignKey("inbox.ExpertOpinion", models.CASCADE, null=True, related_name="attachments")
    question_id = models.CharField(max_length=120, blank=True)
    original_name = models.CharField(_("name"), max_length=255)
    media_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField(default=timezone.now)
    # A copy of an identity document, say: deleted once the request is decided.
    sensitive = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[Any]] = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["received_at", "id"]
        indexes = [
            models.Index(fields=["scan_tried_at"], name="attachment_quarantine", condition=models.Q(scan=Scan.WAITING)),
            models.Index(fields=["request"], name="attachment_sensitive", condition=models.Q(sensitive=True)),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def extension(self) -> str:
        """End of the file's name in capitals, as links announce it: ``PDF``."""
        return PurePosixPath(self.original_name).suffix.removeprefix(".").upper()

    def open(self) -> File[bytes]:
        """Open the file in the private storage."""
        return storages["private"].open(self.storage_name)
