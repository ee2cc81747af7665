"""Messages that must go out, whatever happens to the process that decided so."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.inbox.models.requests import ServiceRequest


class OutboxMessage(models.Model):
    """A message to deliver, written in the transaction that makes it necessary.

    ``key`` is the same at every attempt: it makes the e-mail's Message-ID. ``payload``
    freezes dates and ids; the words are written at delivery, so no secret link is stored.

    Privacy: a resident's address; removed with the request.
    """

    FILED = "filed"
    """The ``kind`` of what is handed to other systems when a request is filed; other kinds are letters."""

    class State(models.TextChoices):
        WAITING = "waiting", _("To send")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not deliverable")
        BOUNCED = "bounced", _("Came back")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="outbox")
    delivery = models.CharField(max_length=40, default="email", help_text=_("Slug of the delivery plugin."))
    kind = models.CharField(max_length=24)
    recipient = models.CharField(max_length=254)
    language = models.CharField(max_length=10)
    payload: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    # An earlier attempt may have left: the server hung up, or the worker died, before it could be noted.
    may_be_double = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id", "state"], name="outbox_due", condition=models.Q(state="waiting")
            ),
            models.Index(fields=["created_at"], name="outbox_digests", condition=models.Q(kind="staff_digest")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient or self.delivery}"
