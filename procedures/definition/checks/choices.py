"""A choice offers something to choose."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.plugins import DraftProcedure, Path, ProcedureCheck


class Choices(ProcedureCheck):
    """More than one item."""

    slug = "choices"
    label = _("Choices")

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Advice beside the choices."""
        for path, part in draft.parts:
            if len(part.choices) == 1:
                yield (*path, "choices"), _now("There is only one answer: ask it as yes or no, or leave it out.")
