"""What silence means is chosen, not left as it came: it decides about people's rights (CRPA L231-1, L231-4)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.plugins import DraftProcedure, Path, ProcedureCheck


class Silence(ProcedureCheck):
    """Acceptance, refusal, or no legal effect: somebody must say."""

    slug = "silence"
    label = _("Silence of the town")
    blocking = True

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Nothing is chosen for you."""
        if not draft.settings.get("silence_effect"):
            yield ("silence_effect",), _now("Choose what it means that the town has not answered in time.")
