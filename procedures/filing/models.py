"""What a resident has typed and not sent yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.definition.trials import LIVES
from procedures.inbox.transitions import Channel
from procedures.uploads.quarantine import Scan, Scanned

if TYPE_CHECKING:
    from procedures.definition.models import Procedure, ProcedureVersion


PERSON = "person"
"""In the data of a draft that an agent fills in: what is known of the person, as claims."""


def draft_expiry() -> datetime:
    """When a draft saved now is deleted."""
    return timezone.now() + timedelta(days=settings.DRAFT_DAYS)


class DraftQuerySet(models.QuerySet["Draft"]):
    """Named reads of drafts."""

    def live(self, now: datetime | None = None) -> DraftQuerySet:
        """Drafts that can be resumed."""
        return self.filter(expires_at__gt=now or timezone.now())

    def to_remind(self, now: datetime) -> DraftQuerySet:
        """Drafts that end soon, whose resident asked for the link and was not reminded since the last saving."""
        if not 0 < settings.DRAFT_REMINDER_DAYS < settings.DRAFT_DAYS:
            return self.none()
        soon = self.live(now).filter(expires_at__lte=now + timedelta(days=settings.DRAFT_REMINDER_DAYS))
        not_yet = models.Q(reminded_at=None) | models.Q(reminded_at__lt=models.F("saved_at"))
        return soon.filter(not_yet, link_due_at=None).exclude(reminder_recipient="")

    def of_person(self, emails: Collection[str]) -> DraftQuerySet:
        """What somebody with one of these addresses has begun: nothing but the link they asked for says so.

        Or an agent has begun it with what is known of them.
        """
        folded = {email.casefold() for email in emails if email}
        known = self.alias(
            asked=Lower("link_recipient"), sent=Lower("reminder_recipient"), about=Lower(KT(f"data__{PERSON}__email"))
        )
        return known.filter(
            models.Q(asked__in=folded)
            | models.Q(sent__in=folded)
            | models.Q(about__in=folded, entered_by__isnull=False),
            trial=None,
        )

    def expired(self, now: datetime | None = None) -> DraftQuerySet:
        """Drafts whose time has come: those of trials live a day."""
        at = now or timezone.now()
        return self.filter(models.Q(expires_at__lte=at) | models.Q(trial__created_at__lte=at - LIVES))


class Draft(models.Model):
    """A request being filled in, on the version that was published when it began.

    Filing deletes the row in the transaction that makes the request; ``key`` then is the
    request's idempotency key, so that whoever still holds it finds the request.

    Privacy: what a resident typed, invalid or unsent; deleted with filing, or unsent after
    DRAFT_DAYS. The key is known to the resident's browser alone, signed.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    # Both are missing in the table for a trial only, and stood in for as soon as it is opened (see holding).
    procedure: models.ForeignKey[Procedure, Procedure] = models.ForeignKey(  # type: ignore[misc]  # see above
        "definition.Procedure", models.CASCADE, null=True, related_name="drafts", db_index=False
    )
    version: models.ForeignKey[ProcedureVersion, ProcedureVersion] = models.ForeignKey(  # type: ignore[misc]  # see above
        "definition.ProcedureVersion", models.PROTECT, null=True, related_name="+", db_index=False
    )
    trial = models.OneToOneField("definition.Trial", models.CASCADE, null=True, related_name="draft")
    language = models.CharField(_("language"), max_length=10)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.PORTAL)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="drafts", verbose_name=_("entered by")
    )
    # {"step": key, "step_data": {key: {name: [typed]}}, "answers": {question id: kept}}; see DraftStorage.
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0, editable=False)
    """Counts the savings: two tabs never undo each other's."""
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=draft_expiry, db_index=True)

    # The link to resume, asked for by e-mail: a row of its own kind of outbox.
    link_recipient = models.EmailField(blank=True)
    link_due_at = models.DateTimeField(null=True, db_index=True)
    links_asked = models.PositiveSmallIntegerField(default=0)
    link_attempts = models.PositiveSmallIntegerField(default=0)
    is_reminder = models.BooleanField(default=False, editable=False)
    """Whether the link that is due is the reminder before the draft's end."""
    reminder_recipient = models.EmailField(blank=True, editable=False)
    """Where the link went last: a reminder goes there too."""
    reminded_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager[Any]] = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(trial__isnull=False, procedure__isnull=True, version__isnull=True)
                | models.Q(trial__isnull=True, procedure__isnull=False, version__isnull=False),
                name="draft_of_a_version_or_a_trial",
            )
        ]

    def __str__(self) -> str:
        return str(self.key)

    def is_expired(self) -> bool:
        """Tell whether its time is over, whether or not the sweeper has passed."""
        return self.expires_at <= timezone.now()


SCAN = "letter"
"""Under which the files of a letter that an agent enters are kept: the id of no question."""
QUESTION_KEY_LENGTH = 120
"""Of a question's id, or of ``group.row.question``."""


class DraftUpload(Scanned):
    """A file that waits in a draft. One found infected is deleted at once, row and all.

    Privacy: often a proof of identity; filing hands the stored file over to the request,
    otherwise it is deleted with its draft.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="uploads")
    # Its name in addresses; that of the PartialUpload it was.
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    question_id = models.CharField(max_length=QUESTION_KEY_LENGTH)
    original_name = models.CharField(_("name"), max_length=255)
    media_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("file of a draft")
        verbose_name_plural = _("files of drafts")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["scan_tried_at"], name="upload_quarantine", condition=models.Q(scan=Scan.WAITING))
        ]

    def __str__(self) -> str:
        return self.original_name


class PartialUpload(models.Model):
    """A file that is on its way, piece by piece.

    Privacy: as DraftUpload; deleted with its draft, or after a day without a new piece.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="partial_uploads", db_index=False)
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    question_id = models.CharField(max_length=QUESTION_KEY_LENGTH)
    fingerprint = models.CharField(max_length=64)
    """Hexadecimal digest of what the browser tells of its file: chosen again, it goes on."""
    original_name = models.CharField(max_length=255)
    size_bytes = models.PositiveBigIntegerField()
    received_bytes = models.PositiveBigIntegerField(default=0)
    # Names in the private storage, in order; together they have received_bytes.
    pieces: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    touched_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("file on its way")
        verbose_name_plural = _("files on their way")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "question_id", "fingerprint"], name="partial_upload_once")
        ]

    def __str__(self) -> str:
        return self.original_name
