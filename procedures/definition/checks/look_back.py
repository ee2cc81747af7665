"""Conditions look at questions asked before, with comparisons and answers that suit them."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from procedures.definition.problems import reference_problems
from procedures.plugins import DraftProcedure, Path, ProcedureCheck


class LookBack(ProcedureCheck):
    """A condition on a later answer could never be right."""

    slug = "look_back"
    label = _("Conditions look back")
    blocking = True

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Beside the field of the comparison that is wrong."""
        for problem in reference_problems(draft.settings["steps"]):
            yield problem.path, problem.message
