"""The request itself, and the text by which it is found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.inbox import access_link, clock, tracking_number
from procedures.inbox.clock import NO_DATE, Rule, SilenceEffect, Unit
from procedures.inbox.models import indexes
from procedures.inbox.querysets import CITY_ZONE, ServiceRequestQuerySet
from procedures.inbox.transitions import DECIDED, Action, Channel, Status, possible


class AnnouncedUnit(models.TextChoices):
    """How the announced delay counts."""

    DAYS = "days", _("days of the calendar")
    WORKING_DAYS = "working_days", _("working days")


class ServiceRequest(models.Model):
    """What a resident asks of the city, whatever the channel it came by.

    The delays are copied from the version: what was promised on the day of filing holds.
    Only ``procedures.inbox.services`` writes.

    Privacy: name, e-mail, phone and answers of a resident, kept for the procedure's
    retention after closing, then purged; agents see those of their departments.
    """

    tracking_number = models.CharField(_("tracking number"), max_length=tracking_number.LENGTH, unique=True)
    idempotency_key = models.UUIDField(unique=True, editable=False)
    access_nonce = models.CharField(max_length=32, default=access_link.new_nonce, editable=False)
    access_hash = models.CharField(max_length=64, unique=True, editable=False)

    procedure = models.ForeignKey(
        "definition.Procedure",
        models.PROTECT,
        related_name="requests",
        verbose_name=_("procedure"),
        db_index=False,
    )
    version = models.ForeignKey("definition.ProcedureVersion", models.PROTECT, related_name="+", db_index=False)
    department = models.ForeignKey(
        "directory.Department",
        models.PROTECT,
        related_name="requests",
        verbose_name=_("department"),
        db_index=False,  # the indexes below begin with it
    )
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="requests",
        verbose_name=_("agent"),
        db_index=False,
    )
    team = models.ForeignKey(
        "inbox.Team", models.SET_NULL, null=True, related_name="requests", verbose_name=_("team"), db_index=False
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("entered by"),
        db_index=False,
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.PORTAL)
    language = models.CharField(_("language"), max_length=10, help_text=_("Language the resident reads."))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.RECEIVED)

    requester_name = models.CharField(_("name"), max_length=255)
    requester_email = models.EmailField(_("e-mail"), blank=True)
    requester_phone = models.CharField(_("phone"), max_length=40, blank=True)
    # List of people.Person as dictionaries: beneficiaries and representatives.
    people = models.JSONField(_("other people"), default=list, blank=True)
    # List of received.Answer as dictionaries, in the order they were asked.
    answers = models.JSONField(_("answers"), default=list)
    fee_cents = models.PositiveIntegerField(_("fee, in cents"), default=0)
    # List of received.FeeLine as dictionaries.
    fee_lines = models.JSONField(_("fee, line by line"), default=list, blank=True)

    # Where it is, for reports: degrees, WGS 84.
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)
    district = models.ForeignKey(
        "directory.District",
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("district"),
        db_index=False,
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="duplicates", verbose_name=_("carried on by"), db_index=False
    )

    silence_effect = models.CharField(max_length=12, default=SilenceEffect.NONE)
    delay = models.PositiveSmallIntegerField(default=0)
    delay_unit = models.CharField(max_length=8, default=Unit.MONTHS)
    announced_delay_days = models.PositiveSmallIntegerField(default=0)
    announced_delay_unit = models.CharField(max_length=12, choices=AnnouncedUnit, default=AnnouncedUnit.DAYS)

    received_at = models.DateTimeField(_("received"), default=timezone.now)
    # Day on which the competent department had it: where silence accepts, the delay starts there (CRPA L114-3).
    competent_on = models.DateField(_("received by the competent department"), null=True)
    due_on = models.DateField(_("legal date"), null=True, help_text=_("Day on which silence takes effect."))
    announced_on = models.DateField(_("announced date"), null=True)
    due_key = models.DateField(_("due"), default=NO_DATE, help_text=_("First date to keep; 9999-12-31 is none."))
    closed_at = models.DateTimeField(_("closed"), null=True)
    resident_wrote_at = models.DateTimeField(
        _("resident wrote"), null=True, help_text=_("Set while the resident's last words have no reply.")
    )
    reopened_on = models.DateField(_("reopened"), null=True)
    # Set while an e-mail has come back and nobody has reached the resident otherwise.
    mail_failed_at = models.DateTimeField(_("e-mail failed"), null=True)
    # The end of keeping: announced, then documents, then everything personal.
    purge_announced_at = models.DateTimeField(null=True, editable=False)
    files_purged_at = models.DateTimeField(null=True, editable=False)
    purged_at = models.DateTimeField(null=True, editable=False)
    # Head of the log: with it, events cut off the end are noticed.
    log_length = models.PositiveIntegerField(default=0, editable=False)
    log_head = models.CharField(max_length=64, blank=True, editable=False)

    objects: ClassVar[models.Manager[Any]] = ServiceRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        indexes = indexes.INDEXES

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The tracking number as people read it."""
        return tracking_number.shown(self.tracking_number)

    @property
    def access_token(self) -> str | None:
        """The token of the secret link; None where the server lost the key it was made with."""
        return access_link.token_of(self.access_nonce, self.access_hash)

    @property
    def is_decided(self) -> bool:
        """Whether the request has its answer."""
        return self.status in DECIDED

    @property
    def received_on(self) -> date:
        """The day of receipt, in the city."""
        return clock.city_day(self.received_at, CITY_ZONE)

    @property
    def rule(self) -> Rule:
        """The legal delay as it was on the day of filing."""
        return Rule(
            SilenceEffect(self.silence_effect),
            self.delay,
            Unit(self.delay_unit),
            clock.Convention(settings.DELAY_CONVENTION),
        )

    def is_overdue(self, today: date) -> bool:
        """Whether the first date to keep has gone by without an answer."""
        return self.closed_at is None and self.due_key < today

    def tied(self, name: str) -> Iterable[Any]:
        """The rows of a relation: those read before, without the query set that ``all`` would make; else from there."""
        read = vars(self).get("_prefetched_objects_cache", {}).get(name)
        return getattr(self, name).all() if read is None else read

    def possible_actions(self) -> frozenset[Action]:
        """What its status allows."""
        return possible(self.status)


class RequestText(models.Model):
    """What a request can be found by, folded; apart, so that its index costs updates nothing.

    Privacy: the requester's name, e-mail, phone and searchable answers; purged with them.
    """

    request = models.OneToOneField(ServiceRequest, models.CASCADE, primary_key=True, related_name="text")
    folded = models.TextField()

    def __str__(self) -> str:
        return f"{self.request_id}"
