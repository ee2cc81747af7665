"""A service that other applications may report through, and a key to do so."""

from __future__ import annotations

from typing import Any

from procedures.definition.models import Procedure
from procedures.open311.models import ApiKey, OfferedService
from tests.factories.procedures import condition, make_procedure, question, step


def report_steps() -> list[dict[str, Any]]:
    """What, where, who: a question of each kind that GeoReport tells apart."""
    return [
        step(
            "Le problème",
            question("one_choice", "De quoi s’agit-il ?", id="nature", choices=["Éclairage", "Chaussée"]),
            question(
                "short_text",
                "Numéro du lampadaire",
                id="lampadaire",
                condition=condition(("nature", "is", "id:Éclairage")),
            ),
            question("several_choices", "Pour qui ?", id="qui", choices=["Piétons", "Cyclistes"], required=False),
            question("date", "Depuis quand ?", id="depuis", required=False),
            question("whole_number", "Combien ?", id="combien", required=False),
            question("long_text", "Décrivez", id="description"),
        ),
        step("Le lieu", question("place", "Où ?", id="lieu"), question("file", "Photo", id="photo", required=False)),
        step("Vous", question("email", "Courriel", id="email", required=False)),
    ]


def make_service(*steps: dict[str, Any], **fields: Any) -> OfferedService:
    """A procedure that applications may file."""
    title = fields.pop("title", "Signaler un problème")
    procedure: Procedure = make_procedure(*(steps or report_steps()), title=title, silence_effect="none")
    return OfferedService.objects.create(procedure=procedure, **{"is_public": True, "group": "Rue"} | fields)


def make_key(**fields: Any) -> str:
    """The key of an application, as it shows it."""
    key = ApiKey(label="Application de la métropole", **fields)
    drawn = key.draw()
    key.save()
    return drawn
