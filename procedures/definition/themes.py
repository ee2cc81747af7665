"""Under what procedures are listed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.TextChoices):
    """A theme, in the words of residents."""

    PAPERS = "papers", _("Papers and citizenship")
    FAMILY = "family", _("Childhood, school, family")
    STREET = "street", _("Street and neighbourhood")
    HOUSING = "housing", _("Housing and building")
    LIFE = "life", _("Culture, sport, associations")
    WORK = "work", _("Business and trade")
    TOWN = "town", _("Relations with the town")
