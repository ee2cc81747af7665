"""What ties a request to others, to experts outside, and to those who opened it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procedures.inbox.models.conversation import Note
from procedures.inbox.models.requests import ServiceRequest


class RequestLink(models.Model):
    """``source`` has to do with ``target``: a duplicate of it, a complaint about it, or simply related."""

    class Kind(models.TextChoices):
        RELATED = "related", _("Related")
        DUPLICATE = "duplicate", _("Duplicate of")
        COMPLAINT = "complaint", _("Complaint about")

    source = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="links_from")
    target = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="links_to")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.RELATED)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # A complaint that named the request by its number: nothing proves that the same person made both.
    is_by_number = models.BooleanField(default=False, editable=False)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("link between requests")
        verbose_name_plural = _("links between requests")
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="link_once"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="link_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class Mention(models.Model):
    """A note calls a colleague."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")
    seen_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="mention_once")]

    def __str__(self) -> str:
        return str(self.user)


class OpinionState(models.TextChoices):
    """Where an opinion stands; it can be given in the first two only."""

    ASKED = "asked", _("Asked, not opened yet")
    OPENED = "opened", _("Opened, no answer yet")
    ANSWERED = "answered", pgettext_lazy("opinion", "Answered")
    REVOKED = "revoked", _("Link withdrawn")
    EXPIRED = "expired", _("Time over, no answer")
    CLOSED = "closed", _("Request closed before an answer")


class ExpertOpinion(models.Model):
    """A question to somebody outside, who reads one request by a signed link and answers without an account.

    Privacy: address of the expert; opinion about a resident's request; purged with the answers.
    """

    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="opinions")
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    question = models.TextField(_("question"))
    # What they may read: {"answers": [ids of questions], "files": [keys]}; nothing else of the request.
    shown: models.JSONField[dict[str, list[str]], dict[str, list[str]]] = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    # After this moment, or once revoked, the link opens nothing.
    expires_at = models.DateTimeField(_("link valid until"))
    revoked_at = models.DateTimeField(null=True)
    nonce = models.CharField(max_length=32, editable=False)
    opened_at = models.DateTimeField(null=True)
    answer = models.TextField(_("opinion"), blank=True)
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("opinion from outside")
        verbose_name_plural = _("opinions from outside")
        ordering = ["asked_at", "id"]

    def __str__(self) -> str:
        return self.name

    def state(self, now: datetime | None = None) -> OpinionState:
        """Where it stands; the request must be loaded."""
        if self.answered_at is not None:
            return OpinionState.ANSWERED
        if self.revoked_at is not None:
            return OpinionState.REVOKED
        if self.request.closed_at is not None:
            return OpinionState.CLOSED
        if self.expires_at <= (now or timezone.now()):
            return OpinionState.EXPIRED
        return OpinionState.OPENED if self.opened_at else OpinionState.ASKED


class Reading(models.Model):
    """Who opened which request, and how (GDPR, article 32): one row per person, way and quarter of an hour.

    Privacy: what staff looked at; shown to heads and to the data protection officer, kept ``READING_DAYS``.
    """

    class Way(models.TextChoices):
        PAGE = "page", _("Page")
        FILE = "file", _("File")
        PDF = "pdf", "PDF"
        EXPORT = "export", _("Export")
        EXPERT = "expert", _("Link for an opinion")
        MEDIATOR = "mediator", _("Mediator")

    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="readings", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    # Who it was is still said when the account is gone; for an expert, the address.
    name = models.CharField(max_length=310)
    way = models.CharField(max_length=10, choices=Way, default=Way.PAGE)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["request", "-at"], name="reading_of_request"),
            models.Index(fields=["user", "-at"], name="reading_by_user"),
            models.Index(fields=["at"], name="reading_end"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.at:%Y-%m-%d %H:%M}"


class Alert(models.Model):
    """A reminder that was given, once: ``days`` before ``due_key``, to agent, team or head."""

    class Kind(models.TextChoices):
        REMINDER = "reminder", _("Reminder")
        ESCALATION = "escalation", _("Escalation")

    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=10, choices=Kind)
    due_key = models.DateField()
    days = models.SmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("reminder of a date")
        verbose_name_plural = _("reminders of dates")
        constraints = [models.UniqueConstraint(fields=["request", "kind", "due_key", "days"], name="alert_once")]
        indexes = [models.Index(fields=["at"], name="alert_recent")]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_key}"
