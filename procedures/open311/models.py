"""Which procedures are offered to other applications, who may report through them, and what is public of a request."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any, ClassVar, Self, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.definition.compiled import Definition
from procedures.definition.models import ProcedureVersion
from procedures.open311.attributes import in_the_way

ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 16
"""80 bits: nobody comes by one who was not given it."""


def new_public_id() -> str:
    """Draw the name that other applications know a request by; it says nothing of the tracking number."""
    return "".join(secrets.choice(ID_ALPHABET) for _ in range(ID_LENGTH))


def fingerprint(secret: str) -> str:
    """What is stored of a key or token: SHA-256, hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


class OfferedServiceQuerySet(models.QuerySet[Any]):
    """Reads of services."""

    def open(self) -> Self:
        """Those whose procedure residents may begin."""
        return self.filter(procedure__is_open=True, procedure__current__isnull=False)


class OfferedService(models.Model):
    """A procedure that other applications may file; its address is the ``service_code``.

    Privacy: no personal data.
    """

    procedure = models.OneToOneField(
        "definition.Procedure", models.CASCADE, related_name="offer", verbose_name=_("procedure")
    )
    group = models.CharField(
        _("group"), max_length=100, blank=True, help_text=_("Applications show services of a group together.")
    )
    keywords = models.CharField(
        _("keywords"), max_length=250, blank=True, help_text=_("Separated by commas; applications search them.")
    )
    is_public = models.BooleanField(
        _("requests are listed in public"),
        default=False,
        help_text=_("Their dates, state and department: never who asks, nor any word of theirs."),
    )
    shows_position = models.BooleanField(
        _("the list says where"), default=True, help_text=_("To about ten metres, and the district.")
    )

    objects: ClassVar[models.Manager[Any]] = OfferedServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service offered to applications")
        verbose_name_plural = _("services offered to applications")
        ordering = ["group", "procedure__title"]

    def __str__(self) -> str:
        return str(self.procedure)

    @property
    def version(self) -> ProcedureVersion:
        """What applications file; an open service has one."""
        return cast("ProcedureVersion", self.procedure.current)

    def in_language(self, wanted: str | None) -> Definition:
        """The procedure in ``wanted`` if it is written in it; else in the city's language."""
        language = wanted if wanted in self.version.languages else settings.LANGUAGE_CODE
        return self.version.in_language(language)

    def clean(self) -> None:
        """Refuse a procedure that needs what no application can send."""
        if self.procedure_id and self.procedure.current:
            labels = in_the_way(self.in_language(None))
            if labels:
                needs = {"questions": ", ".join(labels)}
                raise ValidationError(
                    {"procedure": _("Applications cannot answer what this procedure needs: %(questions)s.") % needs}
                )


class ApiKey(models.Model):
    """What an application shows to report; the key itself is shown once and not kept.

    Privacy: name of a supplier.
    """

    label = models.CharField(_("application"), max_length=100, help_text=_("Whose key it is, and whom to tell."))
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    requests_per_hour = models.PositiveIntegerField(
        _("requests per hour"), default=300, validators=[MaxValueValidator(100_000)], help_text=_("0 for no limit.")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("key of an application")
        verbose_name_plural = _("keys of applications")
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label

    def draw(self) -> str:
        """Draw the key, 256 bits: keep its fingerprint, return it to be shown once."""
        key = secrets.token_urlsafe(32)
        self.fingerprint = fingerprint(key)
        return key


class ReportQuerySet(models.QuerySet[Any]):
    """Reads of reports."""

    def listed(self) -> Self:
        """Those that everybody may read."""
        return self.filter(procedure__offer__is_public=True)

    def received_within(self, start: datetime, end: datetime) -> Self:
        """Received from ``start`` to ``end``, the latest first."""
        return self.filter(received_at__gte=start, received_at__lte=end).order_by("-received_at", "-request_id")


class Report(models.Model):
    """The public name of a request: not its tracking number, which is half of what opens the resident's page.

    Privacy: no personal data; leads to a request whose state, dates and department are shown.
    """

    request = models.OneToOneField("inbox.ServiceRequest", models.CASCADE, primary_key=True, related_name="report")
    procedure = models.ForeignKey("definition.Procedure", models.CASCADE, related_name="+", db_index=False)
    public_id = models.CharField(max_length=ID_LENGTH, unique=True, default=new_public_id)
    received_at = models.DateTimeField()
    # Fingerprint of the token that the application chose, if it did.
    token = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager[Any]] = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report to applications")
        verbose_name_plural = _("reports to applications")
        indexes = [
            models.Index(fields=["-received_at", "-request"], name="report_listing"),
            models.Index(fields=["procedure", "-received_at", "-request"], name="report_of_service"),
            models.Index(fields=["token"], name="report_token", condition=~models.Q(token="")),
        ]

    def __str__(self) -> str:
        return self.public_id
