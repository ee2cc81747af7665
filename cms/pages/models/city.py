"""What the city decides once for the whole site."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.images import get_image_model_string
from wagtail.models import Locale, Orderable

from cms.pages.contrast import MINIMUM_TEXT_CONTRAST, contrast

PAPER, WHITE, INK = "#fbf7f0", "#ffffff", "#17252b"
hex_colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write the colour as # and six digits, for instance #1d4f5c."))


class Conformity(models.TextChoices):
    """The three states that the home page must show in these very words."""

    FULL = "full", _("Accessibility: fully compliant")
    PARTIAL = "partial", _("Accessibility: partially compliant")
    NONE = "none", _("Accessibility: not compliant")


@register_setting(icon="home")
class CitySettings(ClusterableModel, BaseGenericSetting):
    """Name, logo, colours and ways to reach the town hall."""

    logo = models.ForeignKey(
        get_image_model_string(), models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    street = models.CharField(_("street"), max_length=150, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    town = models.CharField(_("town"), max_length=100, blank=True)
    city_colour = models.CharField(_("colour of the city"), max_length=7, default="#1d4f5c", validators=[hex_colour])
    strong_colour = models.CharField(_("dark colour"), max_length=7, default="#12363f", validators=[hex_colour])
    accent_colour = models.CharField(_("colour of buttons"), max_length=7, default="#c2452d", validators=[hex_colour])
    accessibility = models.CharField(
        _("accessibility of the site"), max_length=10, choices=Conformity.choices, default=Conformity.NONE
    )

    panels = [
        InlinePanel("words", heading=_("Name, in each language"), min_num=1),
        FieldPanel("logo"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldRowPanel([FieldPanel("street"), FieldPanel("postcode"), FieldPanel("town")]),
            ],
            heading=_("Town hall"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("city_colour"), FieldPanel("strong_colour"), FieldPanel("accent_colour")])],
            heading=_("Colours"),
            help_text=_("Checked for legibility: text must keep a contrast of 4.5 to 1."),
        ),
        FieldPanel("accessibility"),
        InlinePanel("footer_links", heading=_("Links at the foot of every page")),
    ]

    class Meta:
        verbose_name = _("city")

    def clean(self) -> None:
        """Refuse colours that some residents could not read."""
        errors = {}
        for field, background, foreground in [
            ("city_colour", self.city_colour, PAPER),
            ("strong_colour", self.strong_colour, WHITE),
            ("accent_colour", self.accent_colour, WHITE),
        ]:
            ratio = contrast(background, foreground)
            if ratio is not None and ratio < MINIMUM_TEXT_CONTRAST:
                errors[field] = _(
                    "Too pale: contrast of %(ratio).1f to 1 where text needs 4.5. Choose a darker shade."
                ) % {"ratio": ratio}
        if errors:
            raise ValidationError(errors)


class CityWords(Orderable):
    """The city's name and the hours of its phone, in one language."""

    settings = ParentalKey(CitySettings, on_delete=models.CASCADE, related_name="words")
    language = models.ForeignKey(Locale, models.PROTECT, related_name="+", verbose_name=_("language"))
    name = models.CharField(_("name of the site"), max_length=80, help_text=_("For instance: Ville de Valmarie"))
    hall = models.CharField(_("name of the town hall"), max_length=80, blank=True)
    phone_note = models.CharField(
        _("when the phone is answered"), max_length=80, blank=True, help_text=_("For instance: until 7 pm on Thursday")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("name in a language")
        constraints = [models.UniqueConstraint(fields=["settings", "language"], name="city_words_once_per_language")]


class FooterLink(Orderable):
    """A page linked at the foot of every page; its translation is linked in other languages."""

    class Column(models.TextChoices):
        CONTACT = "contact", _("Write to us, talk to us")
        OPENNESS = "openness", _("Openness")
        SITE = "site", _("This site")

    settings = ParentalKey(CitySettings, on_delete=models.CASCADE, related_name="footer_links")
    column = models.CharField(_("column"), max_length=10, choices=Column.choices)
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+", verbose_name=_("page"))

    panels = [FieldPanel("column"), PageChooserPanel("page")]

    class Meta(Orderable.Meta):
        verbose_name = _("footer link")
