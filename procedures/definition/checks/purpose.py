"""Personal data are asked for a purpose that is said (RGPD, articles 5 and 13)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.definition.outline import SECTION, STEP
from procedures.definition.proofreading import names
from procedures.plugins import DraftProcedure, Path, ProcedureCheck, Question

PERSONAL = (
    "nom",
    "prenom",
    "prenoms",
    "naissance",
    "adresse",
    "telephone",
    "courriel",
    "nationalite",
    "revenu",
    "revenus",
    "situation familiale",
    "name",
    "birth",
    "address",
    "phone",
    "e-mail",
)


class Purpose(ProcedureCheck):
    """What the answers are for, in this procedure and not in general."""

    slug = "purpose"
    label = _("Personal data: what for")

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Advice beside the purpose, counting what is personal."""
        if str(draft.settings.get("purpose") or "").strip():
            return
        count = sum(_is_personal(part) for _path, part in draft.parts)
        if count:
            message = _now(
                "%(count)d questions are about a person, and only the general sentence says what for. Say what this "
                "procedure does with the answers, and who reads them."
            )
            yield ("purpose",), message % {"count": count}


def _is_personal(part: Question) -> bool:
    if part.type in (STEP, SECTION) or not part.field_type.asks:
        return False
    return part.field_type.palette == "identity" or part.field_type.sensitive or bool(names(part.label, PERSONAL))
