"""How a department organises its work: teams, alerts, templates, checklists, wording, closing days."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from procedures.inbox.models.requests import ServiceRequest
from procedures.inbox.reply_fields import what_is_wrong_with
from procedures.inbox.transitions import Status


def default_alert_days() -> list[int]:
    """A week before the date, then two days before."""
    return [7, 2]


class Team(models.Model):
    """Colleagues of a department who share requests.

    Privacy: links staff to their work.
    """

    department = models.ForeignKey(
        "directory.Department", models.CASCADE, related_name="teams", verbose_name=_("department")
    )
    name = models.CharField(_("name"), max_length=100)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="teams", blank=True, verbose_name=_("members")
    )

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["department", "name"], name="team_once")]

    def __str__(self) -> str:
        return self.name


class DeskSettings(models.Model):
    """What a department chose for its desk; one that chose nothing has the defaults."""

    department = models.OneToOneField(
        "directory.Department", models.CASCADE, related_name="desk_settings", verbose_name=_("department")
    )
    # List of numbers of days.
    alert_days = models.JSONField(
        _("days before a date on which to remind"),
        default=default_alert_days,
        help_text=_("The agent, or the team, is reminded so many days before the first date to keep."),
    )
    escalation_days = models.SmallIntegerField(
        _("tell the head of department, days before the date"),
        default=0,
        help_text=_("0: on the day itself; -1: the day after."),
    )
    anonymous_letters = models.BooleanField(
        _("letters do not name the agent"),
        default=False,
        help_text=_("Only where the safety of agents asks for it (CRPA L111-2): letters bear the department alone."),
    )
    is_mediator = models.BooleanField(
        _("desk of the mediator"),
        default=False,
        help_text=_("It reads the requests that a complaint in its hands is about, whatever their department."),
    )

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("settings of a desk")
        verbose_name_plural = _("settings of desks")

    def __str__(self) -> str:
        return str(self.department)


class ReplyTemplate(models.Model):
    """A text that agents start from; ``{{ name }}`` and the like are filled in (``procedures.inbox.replies``)."""

    title = models.CharField(_("title"), max_length=120)
    department = models.ForeignKey(
        "directory.Department",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reply_templates",
        verbose_name=_("department"),
        help_text=_("Left empty: for all departments."),
    )
    procedure = models.ForeignKey(
        "definition.Procedure",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reply_templates",
        verbose_name=_("procedure"),
        help_text=_("Left empty: for all procedures."),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    text = models.TextField(_("text"), max_length=10_000)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a field that does not exist: the resident would read its braces."""
        super().clean()
        if problem := what_is_wrong_with(self.text):
            raise ValidationError({"text": problem})


class ChecklistItem(models.Model):
    """Something to verify on each request of a procedure."""

    procedure = models.ForeignKey(
        "definition.Procedure", models.CASCADE, related_name="checklist", verbose_name=_("procedure")
    )
    label = models.CharField(_("to verify"), max_length=200)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    retired = models.BooleanField(_("no longer asked"), default=False)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("checklist item")
        verbose_name_plural = _("checklist items")
        ordering = ["procedure", "position", "pk"]

    def __str__(self) -> str:
        return self.label


class ChecklistTick(models.Model):
    """An item verified on one request."""

    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="ticks")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("verified item")
        verbose_name_plural = _("verified items")
        constraints = [models.UniqueConstraint(fields=["request", "item"], name="tick_once")]

    def __str__(self) -> str:
        return str(self.item)


class StatusWording(models.Model):
    """What residents read for a status of a procedure, in one language, in place of the general words."""

    procedure = models.ForeignKey(
        "definition.Procedure", models.CASCADE, related_name="wordings", verbose_name=_("procedure")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    headline = models.CharField(_("headline"), max_length=120, help_text=_("For instance “Your card is being made”."))
    explanation = models.CharField(_("explanation"), max_length=300, blank=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("wording of a status")
        verbose_name_plural = _("wordings of statuses")
        ordering = ["procedure", "status", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "status", "language"],
                name="wording_once",
                violation_error_message=_("This status has its words in this language already."),
            )
        ]

    def __str__(self) -> str:
        return self.headline


class ClosingDay(models.Model):
    """Days on which the whole town is closed, beside public holidays: they are no working days."""

    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=120, blank=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("closing day of the town")
        verbose_name_plural = _("closing days of the town")
        ordering = ["first_day"]

    def __str__(self) -> str:
        return self.reason or f"{self.first_day} – {self.last_day}"

    def clean(self) -> None:
        """Refuse days that end before they begin."""
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day comes before the first.")})
