"""« Dites-le-nous une fois »: what another administration can be asked is not asked from residents (CRPA L114-8)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.definition.outline import SECTION, STEP
from procedures.definition.proofreading import names
from procedures.plugins import DraftProcedure, Path, ProcedureCheck

KNOWN = (
    "quotient familial",
    "avis d'imposition",
    "avis d'impot",
    "avis de taxe",
    "revenu fiscal",
    "numero fiscal de reference",
    "justificatif de revenus",
    "acte de naissance",
    "extrait de naissance",
    "extrait d'acte",
    "acte de mariage",
    "acte de deces",
    "attestation caf",
    "attestation de la caf",
    "numero d'allocataire",
    "numero allocataire",
    "attestation de paiement",
    "attestation rsa",
    "allocataire du rsa",
    "beneficiaire du rsa",
    "revenu de solidarite active",
    "attestation pole emploi",
    "attestation france travail",
    "inscription a france travail",
    "statut etudiant",
    "statut de boursier",
    "certificat de scolarite",
    "extrait kbis",
    "extrait k-bis",
    "kbis",
    "k-bis",
    "extrait sirene",
    "avis de situation sirene",
    "attestation fiscale",
    "attestation de vigilance",
    "extrait de casier judiciaire",
    "casier judiciaire",
    "attestation de droits",
    "carte grise",
    "recepisse de declaration en prefecture",
)


class TellUsOnce(ProcedureCheck):
    """The family quotient, the tax notice, the birth certificate, the K-bis…"""

    slug = "tell_us_once"
    label = _("What the administration already knows")

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Advice: the department may have no other way yet; it says so to the resident."""
        for path, part in draft.parts:
            if part.type in (STEP, SECTION) or not part.field_type.asks or part.field_type.nests:
                continue
            found = names(part.label, KNOWN)
            if found:
                message = _now(
                    "CRPA L114-8: another administration can be asked for this (“%(words)s”). Do not ask residents "
                    "for it, or say why you must."
                )
                yield (*path, "label"), message % {"words": found}
