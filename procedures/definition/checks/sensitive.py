"""Sensitive data are not asked without saying why (RGPD, article 9; decree 2019-341 on the NIR)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.definition.outline import SECTION, STEP
from procedures.definition.proofreading import names
from procedures.plugins import DraftProcedure, Path, ProcedureCheck

SENSITIVE = (
    "numero de securite sociale",
    "n° de securite sociale",
    "securite sociale",
    "nir",
    "social security number",
    "religion",
    "religieuse",
    "origine ethnique",
    "origine",
    "origines",
    "ethnie",
    "race",
    "opinion politique",
    "opinions politiques",
    "parti politique",
    "syndicat",
    "appartenance syndicale",
    "orientation sexuelle",
    "vie sexuelle",
    "etat de sante",
    "maladie",
    "maladies",
    "traitement medical",
    "certificat medical",
    "groupe sanguin",
    "handicap",
    "allergie",
    "allergies",
    "empreinte digitale",
    "empreintes digitales",
    "condamnation",
    "condamnations",
    "casier judiciaire",
)


class Sensitive(ProcedureCheck):
    """Health, beliefs, origins, convictions, the social security number."""

    slug = "sensitive"
    label = _("Sensitive data")

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Advice beside the help, where the reason belongs."""
        for path, part in draft.parts:
            if part.type in (STEP, SECTION) or not part.field_type.asks or part.help.strip():
                continue
            found = names(part.label, SENSITIVE)
            if found:
                message = _now("Sensitive (“%(words)s”): ask only if a law allows it, and say here why it is needed.")
                yield (*path, "help_text"), message % {"words": found}
