"""Names, places and sentences of people who do not exist."""

from __future__ import annotations

import random
from functools import cache
from itertools import accumulate, product
from pathlib import Path


def _listed(name: str) -> list[str]:
    """Read names from the file beside, the commonest first."""
    return (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").split()


FIRST_NAMES = _listed("first_names")
LAST_NAMES = _listed("last_names")
# Rare names are put together from a beginning, a middle and an end.
PARTS = ("rare_beginnings", "rare_middles", "rare_ends")
STREETS = (
    "rue des Lilas",
    "avenue de la République",
    "rue du Moulin",
    "place de l’Église",
    "chemin des Vignes",
    "rue Victor-Hugo",
    "allée des Tilleuls",
    "impasse du Lavoir",
    "quai des Mariniers",
    "rue du Château",
)
WISHES = (
    "Bonjour, je vous écris au sujet de ma situation au {street}. Je reste à votre disposition pour toute précision.",
    "Depuis mardi, devant le numéro {number} {street} : la situation gêne le passage des poussettes.",
    "Nous venons d’emménager {street} et souhaitons faire le nécessaire avant la rentrée.",
    "Ma mère, qui habite {number} {street}, ne peut pas se déplacer ; je fais la demande pour elle.",
    "Je renouvelle ma demande de l’an dernier, rien n’a changé sauf l’adresse : {number} {street}.",
)
REPLIES = (
    "Bonjour, votre demande est en cours d’examen ; nous revenons vers vous dès que possible.",
    "Bonjour, un agent passera sur place cette semaine. Vous n’avez rien à faire.",
    "Bonjour, pourriez-vous nous appeler au service, du lundi au vendredi, pour convenir d’un rendez-vous ?",
)
THANKS = ("Merci de votre réponse.", "Avez-vous des nouvelles de ma demande ?", "Voici la précision demandée.")
NOTES = ("Vu avec la cheffe de service.", "Appelé, pas de réponse ; rappeler demain.", "Pièces conformes, à instruire.")
DOCUMENTS = ("Un justificatif de domicile de moins de trois mois", "La page des vaccins", "L’attestation d’assurance")
REASONS = ("Votre demande est acceptée.", "Les conditions ne sont pas réunies.", "Le dossier est sans objet.")


@cache
def _surnames() -> tuple[list[str], list[float]]:
    """Names with cumulated weights: common ones are met often, some three thousand others now and then."""
    rare = ["".join(parts) for parts in product(*map(_listed, PARTS))]
    weights = [1 / (20 + rank) for rank in range(len(LAST_NAMES))] + [0.8 / len(rare)] * len(rare)
    return [*LAST_NAMES, *rare], list(accumulate(weights))


def surname(chance: random.Random) -> str:
    """Draw a last name."""
    names, weights = _surnames()
    return chance.choices(names, cum_weights=weights)[0]


def first_name(chance: random.Random) -> str:
    """Draw a first name: the first of the list more often."""
    return FIRST_NAMES[int(len(FIRST_NAMES) * chance.random() ** 1.6)]


def wish(chance: random.Random) -> str:
    """What somebody writes in a form."""
    return chance.choice(WISHES).format(street=chance.choice(STREETS), number=chance.randint(1, 180))


def phone(chance: random.Random) -> str:
    """A mobile number, in the international form that forms keep."""
    return f"+336{chance.randint(0, 99_999_999):08d}"
