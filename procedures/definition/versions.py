"""A procedure, whatever becomes of its page, and its versions, which never change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Never, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from procedures.definition.compiled import Definition, Rules
from procedures.definition.reading import read

if TYPE_CHECKING:
    from procedures.definition.trials import Trial


class ImmutableError(RuntimeError):
    """A published version was about to be changed or removed."""


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    """Reads of procedures."""

    def open(self) -> Self:
        """Those that residents may begin."""
        return self.filter(is_open=True, current__isnull=False)


class Procedure(models.Model):
    """What requests are about; stays when its page is renamed, moved or removed.

    Privacy: no personal data.
    """

    key = models.UUIDField(_("translation key of its pages"), unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=255, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=255)
    page = models.ForeignKey(
        "definition.ProcedurePage", models.SET_NULL, null=True, related_name="+", verbose_name=_("page")
    )
    department = models.ForeignKey(
        "directory.Department", models.PROTECT, related_name="procedures", verbose_name=_("department")
    )
    current = models.ForeignKey(
        "definition.ProcedureVersion", models.PROTECT, null=True, related_name="+", verbose_name=_("current version")
    )
    is_open = models.BooleanField(
        _("open"), default=True, help_text=_("Closed procedures take no new draft; drafts begun before can be sent.")
    )

    trial: Trial | None = None
    """Set where this stands in for a procedure, in no table, while its draft is tried."""

    objects: ClassVar[models.Manager[Any]] = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class VersionQuerySet(models.QuerySet["ProcedureVersion"]):
    """Reads of versions; they are never rewritten, not even many at once."""

    def update(self, **kwargs: Any) -> Never:
        """Refuse. Raises ImmutableError."""
        raise ImmutableError("A published version never changes")

    def delete(self) -> Never:
        """Refuse. Raises ImmutableError."""
        raise ImmutableError("A published version is never removed")


class VersionManager(models.Manager["ProcedureVersion"]):
    """Leaves the JSON in the database: the process mostly has it compiled already."""

    def get_queryset(self) -> VersionQuerySet:
        """Versions without their content, which is read when it is asked for."""
        return VersionQuerySet(self.model, using=self._db).defer("content")


class ProcedureVersion(models.Model):
    """What a procedure asked and promised at one time.

    Privacy: no personal data; who published is in the page's own log.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions", verbose_name=_("procedure"))
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    fingerprint = models.CharField(_("fingerprint of the content (SHA-256)"), max_length=64)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)

    objects = VersionManager()

    class Meta:
        verbose_name = _("version of a procedure")
        verbose_name_plural = _("versions of procedures")
        ordering = ["procedure", "number"]
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["procedure", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.procedure} · {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new version. Raises ImmutableError for one that is written already."""
        if not self._state.adding:
            raise ImmutableError("A published version never changes")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuse. Raises ImmutableError."""
        raise ImmutableError("A published version is never removed")

    def in_language(self, code: str) -> Definition:
        """The version as worded in that language; no query when this process has read it before."""
        return read(self.fingerprint, code, lambda: self.content)

    @property
    def rules(self) -> Rules:
        """What law and department set, in the words of the city's own language."""
        return self.in_language(settings.LANGUAGE_CODE).rules

    @property
    def languages(self) -> list[str]:
        """Codes of the languages that had a published page."""
        return list(self.content["languages"])
