"""The log of a request: events that are added, never changed, each sealing the one before."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procedures.inbox.models.requests import ServiceRequest
from procedures.inbox.querysets import AppendOnlyQuerySet


class Event(models.Model):
    """Something that happened to a request.

    ``kind`` is the key of its public wording (``procedures.inbox.wording``); ``data`` holds
    dates, ids and names of departments, never a resident's words, which live in tables that
    retention can purge without breaking the chain.

    Privacy: names agents, as letters must; kept as long as the request's figures.
    """

    class Kind(models.TextChoices):
        FILED = "filed", _("Filed")
        TAKEN = "taken", _("Taken")
        ASSIGNED = "assigned", _("Assigned")
        FORWARDED = "forwarded", _("Forwarded")
        COMPLETION_ASKED = "completion_asked", _("Completion asked")
        COMPLETION_ANSWERED = "completion_answered", _("Completion answered")
        WRITTEN_TO_RESIDENT = "written_to_resident", _("Message to the resident")
        WRITTEN_BY_RESIDENT = "written_by_resident", _("Message from the resident")
        NOTED = "noted", _("Internal note")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        CLOSED = "closed", pgettext_lazy("request", "Closed")
        MAIL_FAILED = "mail_failed", _("E-mail not delivered")
        IDENTITY_PURGED = "identity_purged", _("Identity document deleted")
        DELIVERY_FAILED = "delivery_failed", _("Not passed on")
        VIRUS_FOUND = "virus_found", _("File deleted: it held a virus")
        TRANSFERRED = "transferred", _("Passed on to another body")
        REOPENED = "reopened", _("Reopened")
        LINKED = "linked", _("Linked to another request")
        UNLINKED = "unlinked", _("Link removed")
        MERGED = "merged", _("Joined to another request")
        DUPLICATE_JOINED = "duplicate_joined", _("A duplicate joined it")
        CHECKED = "checked", _("Checklist changed")
        LETTER_MADE = "letter_made", _("Letter made")
        LETTER_PRINTED = "letter_printed", _("Letter printed")
        EXPERT_ASKED = "expert_asked", _("Opinion asked outside")
        EXPERT_ANSWERED = "expert_answered", _("Opinion received")
        EXPERT_REVOKED = "expert_revoked", _("Opinion no longer asked")
        MAIL_BOUNCED = "mail_bounced", _("E-mail came back")
        ALERTED = "alerted", _("Reminder of the date")
        ESCALATED = "escalated", _("Head of department told")
        ATTESTED = "attested", _("Implicit acceptance attested")
        RATED = "rated", _("Satisfaction answered")
        COMPLAINED = "complained", _("Complaint made")
        PURGE_ANNOUNCED = "purge_announced", _("End of keeping announced")
        FILES_PURGED = "files_purged", _("Documents deleted")
        ANSWERS_PURGED = "answers_purged", _("Personal data deleted")
        DATA_EXPORTED = "data_exported", _("Data handed to the resident")

    class Actor(models.TextChoices):
        RESIDENT = "resident", _("Resident")
        AGENT = "agent", _("Agent")
        SYSTEM = "system", _("Parvis")

    request = models.ForeignKey(ServiceRequest, models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=24, choices=Kind)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10, choices=Actor)
    # Sealed: who it was is still said when the account is gone.
    actor_name = models.CharField(max_length=310, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    data = models.JSONField(default=dict)
    visible_to_resident = models.BooleanField(default=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[Any]] = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["request_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["request", "seq"], name="event_seq_once")]

    def __str__(self) -> str:
        return f"{self.seq}. {self.get_kind_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the event; an event that is there already cannot be saved again."""
        if not self._state.adding:
            raise TypeError("The log is append-only")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: a log is not shortened."""
        raise TypeError("The log is append-only")

    def seal(self) -> str:
        """Hash what the event says together with the seal of the event before (SHA-256)."""
        return seal_of(
            self.previous_hash,
            self.request_id,
            self.seq,
            self.kind,
            self.at,
            self.actor_kind,
            self.actor_name,
            self.data,
            self.visible_to_resident,
        )


def seal_of(previous: str, request_id: int, seq: int, kind: str, at: datetime, *said: Any) -> str:
    """Compute the seal of an event that need not be a row yet.

    Args:
        previous: seal of the event before; empty for the first.
        said: kind and name of the actor, data, whether the resident sees it.
    """
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(_written([previous, request_id, seq, kind, moment, *said]).encode()).hexdigest()


_written = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode
