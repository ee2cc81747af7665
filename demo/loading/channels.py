"""Other ways in than the site: what applications may report."""

from __future__ import annotations

from demo.loading.city import City
from procedures.definition.models import Procedure
from procedures.open311.models import OfferedService


def load(city: City) -> None:
    """Offer the reports of problems in the street, listed in public."""
    service = OfferedService(
        procedure=Procedure.objects.get(slug="signaler-un-probleme"),
        group="Rue et espace public",
        keywords="lampadaire, trou, propreté, banc, arbre",
        is_public=True,
    )
    service.full_clean()
    service.save()
    city.say("Open311: 1 service")
