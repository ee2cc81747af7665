"""The page on which a department writes a procedure."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import PageQuerySet, Revision
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.accounts.models import User
from cms.pages.base import SitePage
from cms.pages.streams import OpenStreamField
from procedures.definition.blocks import FeesBlock, RoutesBlock, StepsBlock
from procedures.definition.compiled import ACCEPTANCE, DAYS, MONTHS, NO_EFFECT, REFUSAL, WEEKS, WORKING_DAYS
from procedures.definition.forms import ProcedurePageForm
from procedures.definition.landing import landing
from procedures.definition.panels import EDIT_PANELS
from procedures.definition.permissions import ProcedurePermissions
from procedures.definition.refusals import SCHEDULED, NotPublishable, give_up_schedule
from procedures.definition.themes import Theme

RICH_TEXT = ["bold", "italic", "link", "ol", "ul"]


class SilenceEffect(models.TextChoices):
    """What it means that the town has not answered in time."""

    ACCEPTANCE = ACCEPTANCE, _("Silence means acceptance")
    REFUSAL = REFUSAL, _("Silence means refusal")
    NONE = NO_EFFECT, _("Silence has no legal effect")


class DelayUnit(models.TextChoices):
    """The unit of the legal delay."""

    DAYS = DAYS, _("days")
    WEEKS = WEEKS, _("weeks")
    MONTHS = MONTHS, _("months")


class AnnouncedUnit(models.TextChoices):
    """How the promised delay counts."""

    DAYS = DAYS, _("days of the calendar")
    WORKING_DAYS = WORKING_DAYS, _("working days")


class ProcedurePage(SitePage):
    """Presents a procedure, and holds its steps until they are published as a version."""

    introduction = models.TextField(
        _("what it is for"), max_length=400, help_text=_("One or two sentences, in the words of residents.")
    )
    needed = RichTextField(
        _("what to have at hand"), blank=True, features=RICH_TEXT, help_text=_("Documents, numbers, the time it takes.")
    )
    theme = models.CharField(_("theme"), max_length=20, choices=Theme, default=Theme.TOWN)
    department = models.ForeignKey(
        "directory.Department",
        models.PROTECT,
        null=True,
        blank=False,
        related_name="+",
        verbose_name=_("department in charge"),
    )
    steps = OpenStreamField(StepsBlock(), verbose_name=_("steps"))
    routes = OpenStreamField(
        RoutesBlock(required=False),
        verbose_name=_("routes"),
        blank=True,
        help_text=_("Where requests go by their answers: the first route that fits wins."),
    )
    fees = OpenStreamField(
        FeesBlock(required=False),
        verbose_name=_("fees"),
        blank=True,
        help_text=_("What is to be paid by the answers: amounts add up."),
    )

    silence_effect = models.CharField(
        _("silence of the town"),
        max_length=12,
        choices=SilenceEffect,  # without a default: it decides about people's rights, somebody must choose
        help_text=_("CRPA L231-1: acceptance unless the law or a decree says otherwise."),
    )
    delay = models.PositiveSmallIntegerField(_("legal delay"), default=2, validators=[MinValueValidator(1)])
    delay_unit = models.CharField(
        _("unit of the legal delay"), max_length=8, choices=DelayUnit, default=DelayUnit.MONTHS
    )
    announced_delay_days = models.PositiveSmallIntegerField(
        _("promised answer, in days"),
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("What the town undertakes; residents see it before they begin."),
    )
    announced_delay_unit = models.CharField(
        _("days of the promised answer"),
        max_length=12,
        choices=AnnouncedUnit,
        default=AnnouncedUnit.DAYS,
        help_text=_("Working days leave out weekends, public holidays and the days on which the town is closed."),
    )
    retention_months = models.PositiveSmallIntegerField(
        _("kept after closing, in months"), default=12, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    files_months = models.PositiveSmallIntegerField(
        _("documents kept after closing, in months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("They go before the rest, never after it. Empty: the town's usual time."),
    )

    alternative = RichTextField(
        _("without internet"),
        features=RICH_TEXT,
        help_text=_("Phone, desk, paper: how to do the same without internet. Every procedure has a way."),
    )
    declaration = models.TextField(
        _("declaration before sending"),
        blank=True,
        max_length=600,
        help_text=_("Left empty: accuracy of what is stated."),
    )
    confirmation = RichTextField(
        _("after sending"), blank=True, features=RICH_TEXT, help_text=_("What happens next; added to the receipt.")
    )
    purpose = models.TextField(
        _("personal data: what for"), blank=True, max_length=600, help_text=_("Left empty: to deal with the request.")
    )
    remedies = models.TextField(
        _("remedies"),
        blank=True,
        max_length=1500,
        help_text=_("For silence that means refusal. Left empty: the remedies of ordinary law."),
    )

    template = "pages/procedure.html"
    base_form_class = ProcedurePageForm
    parent_page_types = ["definition.ProcedureIndexPage"]
    subpage_types: list[str] = []
    edit_handler = EDIT_PANELS
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("introduction", boost=2),
        index.SearchField("needed"),
        index.FilterField("department_id"),
    ]
    translatable_fields = [
        *(
            TranslatableField(name)
            for name in (
                "title",
                "slug",
                "seo_title",
                "search_description",
                "introduction",
                "needed",
                "steps",
                "fees",
                "alternative",
                "declaration",
                "confirmation",
                "purpose",
                "remedies",
            )
        ),
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "show_in_menus",
                "theme",
                "department",
                "routes",
                "silence_effect",
                "delay",
                "delay_unit",
                "announced_delay_days",
                "announced_delay_unit",
                "retention_months",
                "files_months",
            )
        ),
    ]

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")

    @classmethod
    def serving_queryset(cls) -> PageQuerySet[Self]:
        """Everything but the steps: the public page asks no question."""
        return cls._default_manager.select_related("locale").defer_streamfields()

    def permissions_for_user(self, user: User) -> ProcedurePermissions:
        """What ``user`` may do: a department's editor, only with the department's own."""
        return ProcedurePermissions(user, self)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish the page and its version together, or neither. Raises NotPublishable, but not to the clock."""
        try:
            with transaction.atomic():
                super().publish(revision, *args, **kwargs)
        except NotPublishable as refused:
            if kwargs.get("log_action") == SCHEDULED:
                give_up_schedule(self, revision, refused)
                return
            refused.page_id = self.pk
            raise

    @property
    def is_source(self) -> bool:
        """Whether this is the page of the city's own language, which carries the structure."""
        return self.locale.language_code == settings.LANGUAGE_CODE

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the department, how to begin, and what law and department promise."""
        return super().get_context(request, *args, **kwargs) | landing(self)
