"""What comes out of a request: letters, attestations, and what its resident thinks of the service."""

from __future__ import annotations

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from procedures.inbox.models.requests import ServiceRequest
from procedures.inbox.querysets import departments_answered_by


class LetterQuerySet(models.QuerySet[Any]):
    """Letters; ``visible_to`` is the only door for agents."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The letters of the departments that ``user`` answers for."""
        return self.filter(request__department_id__in=departments_answered_by(user))

    def to_be_printed(self) -> Self:
        """Those that wait for their envelope, the oldest first."""
        return self.filter(to_print=True, printed_at=None).order_by("made_at", "id")


class Letter(models.Model):
    """A letter as it was signed: the words, the agent's name, capacity and department of that day (CRPA L111-2).

    Privacy: what was written to a resident; purged with the answers.
    """

    class Kind(models.TextChoices):
        ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement of receipt")
        MESSAGE = "message", _("Letter")
        COMPLETION = "completion", _("Request for missing documents")
        DECISION = "decision", _("Decision")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=16, choices=Kind)
    language = models.CharField(max_length=10)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    signatory = models.CharField(max_length=310, blank=True)
    capacity = models.CharField(max_length=150, blank=True)
    department_name = models.CharField(max_length=255, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # To be put in an envelope: there was no address to send it to.
    to_print = models.BooleanField(default=False)
    printed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Any]] = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["made_at", "id"]
        indexes = [
            models.Index(
                fields=["made_at", "id"],
                name="letter_to_print",
                condition=models.Q(to_print=True, printed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.subject


class Attestation(models.Model):
    """The attestation of an implicit acceptance (CRPA L232-3), verified by its code."""

    request = models.OneToOneField(ServiceRequest, models.PROTECT, related_name="attestation")
    # Drawn like a tracking number: read aloud, not guessed.
    code = models.CharField(max_length=20, unique=True)
    accepted_on = models.DateField(_("deemed accepted on"))
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("attestation")
        verbose_name_plural = _("attestations")

    def __str__(self) -> str:
        return self.code


class Satisfaction(models.Model):
    """What a resident thought of the service: 1 (not at all) to 5 (very satisfied), and words.

    Privacy: free words of a resident, purged with the answers; the step stays, without a name.
    """

    class Step(models.IntegerChoices):
        NOT_AT_ALL = 1, _("Not at all satisfied")
        DISSATISFIED = 2, _("Dissatisfied")
        NEITHER = 3, _("Neither satisfied nor dissatisfied")
        SATISFIED = 4, _("Satisfied")
        VERY_SATISFIED = 5, _("Very satisfied")

    request = models.OneToOneField(ServiceRequest, models.CASCADE, related_name="satisfaction")
    step = models.PositiveSmallIntegerField(_("satisfaction"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    words = models.TextField(_("in words"), blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("satisfaction")
        verbose_name_plural = _("satisfaction")

    def __str__(self) -> str:
        return str(self.Step(self.step).label)


class SurveyRefusal(models.Model):
    """Somebody who wants no question on their satisfaction any more.

    Privacy: a keyed hash of an e-mail address, which tells the address to nobody.
    """

    address_hash = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("refusal of questions")
        verbose_name_plural = _("refusals of questions")

    def __str__(self) -> str:
        return self.address_hash[:8]
