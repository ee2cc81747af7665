"""The parts of the city that send requests to one team or another."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from directory.territory.shapes import polygons_of
from directory.territory.towns import folded


class District(models.Model):
    """A district, by its outline, by its streets, or by both; where two would fit, the first by name wins."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(
        _("code"), max_length=120, unique=True, help_text=_("Kept with answers and conditions: do not change it.")
    )
    outline = models.JSONField(
        _("outline"),
        null=True,
        blank=True,
        help_text=_("GeoJSON: a polygon or several, pasted from the city's geographers. Longitude comes first."),
    )
    streets = models.TextField(
        _("streets"), blank=True, help_text=_("One per line, without numbers. They count where there is no position.")
    )

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an outline that is none, and a district that nothing could fall into."""
        super().clean()
        if self.outline is not None:
            try:
                polygons_of(self.outline)
            except ValueError as error:
                raise ValidationError({"outline": str(error)}) from error
        elif not self.street_names:
            raise ValidationError(_now("Give the outline of the district, or its streets."))

    @property
    def street_names(self) -> set[str]:
        """Its streets, written as they are compared."""
        return {name for name in map(folded, self.streets.splitlines()) if name}

    def polygons(self) -> list[Any]:
        """Its outline; empty where it has none."""
        return [] if self.outline is None else polygons_of(self.outline)
