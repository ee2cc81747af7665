"""E-mails that came in, each once, and where those to an address of its own go."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class IncomingMailQuerySet(models.QuerySet[Any]):
    """Reads of e-mails."""

    def due(self, now: datetime) -> Self:
        """Those to treat now, the longest waiting first."""
        waiting = self.filter(state=IncomingMail.State.WAITING, next_attempt_at__lte=now)
        return waiting.order_by("next_attempt_at", "id")

    def requests_of(self, sender: str, since: datetime) -> Self:
        """Those of a sender that became requests since then."""
        return self.filter(sender=sender, state=IncomingMail.State.FILED, treated_at__gte=since)


class IncomingMail(models.Model):
    """An e-mail taken out of the mailbox; written before the mailbox is told, so none is lost or taken twice.

    Privacy: the sender's address; the e-mail itself lies in the private storage until
    ``MAILBOX_RAW_DAYS`` after it was treated, and the row goes with it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("To be treated")
        FILED = "filed", _("Became a request")
        JOINED = "joined", _("Joined its request")
        STRANGER = "stranger", _("Joined a request, from an unknown address")
        BOUNCE = "bounce", _("Reports a failure")
        IGNORED = "ignored", _("Not for us: automatic, a list, spam")
        FAILED = "failed", _("Could not be treated")

    # Of what the sender wrote, not of the way it came: the same e-mail by two ways is one.
    fingerprint = models.CharField(max_length=64, unique=True)
    message_id = models.CharField(max_length=255, blank=True)
    sender = models.CharField(_("sender"), max_length=254, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    storage_name = models.CharField(max_length=255, blank=True)
    # Only its head was fetched: it is larger than MAILBOX_MAX_BYTES.
    is_cut = models.BooleanField(default=False)
    size_bytes = models.PositiveBigIntegerField(_("size"), default=0)
    request = models.ForeignKey(
        "inbox.ServiceRequest", models.SET_NULL, null=True, related_name="+", verbose_name=_("request")
    )
    reason = models.CharField(_("why"), max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(_("taken in"), default=timezone.now)
    treated_at = models.DateTimeField(_("treated"), null=True)

    objects: ClassVar[models.Manager[Any]] = IncomingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail received")
        verbose_name_plural = _("e-mails received")
        ordering = ["-taken_at", "-id"]
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], name="mail_due", condition=models.Q(state="waiting")),
            models.Index(fields=["sender", "treated_at"], name="mail_of_sender"),
            models.Index(fields=["treated_at"], name="mail_end"),
        ]

    def __str__(self) -> str:
        return f"{self.taken_at:%Y-%m-%d %H:%M} · {self.sender}"


class MailboxRoute(models.Model):
    """What is written to ``address`` becomes a request of ``procedure``.

    Privacy: addresses of the town.
    """

    address = models.EmailField(
        _("address"), unique=True, help_text=_("An address of the town whose e-mails reach the mailbox.")
    )
    procedure = models.ForeignKey(
        "definition.Procedure", models.CASCADE, related_name="+", verbose_name=_("becomes a request of")
    )

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("route of e-mails")
        verbose_name_plural = _("routes of e-mails")
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Addresses are compared in small letters."""
        self.address = self.address.lower()
        super().save(*args, **kwargs)
