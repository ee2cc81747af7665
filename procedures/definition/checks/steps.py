"""There is something to fill in."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.plugins import DraftProcedure, Path, ProcedureCheck


class Steps(ProcedureCheck):
    """One step at least."""

    slug = "steps"
    label = _("Steps")
    blocking = True

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Nothing to ask is no procedure."""
        if not draft.parts:
            yield ("steps",), _now("A procedure needs at least one step.")
