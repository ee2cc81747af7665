"""Routes and fees refer to questions that are there and that can be counted."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from procedures.definition.outcome_checks import find_outcome_problems
from procedures.plugins import DraftProcedure, Path, ProcedureCheck


class Outcomes(ProcedureCheck):
    """What the editor refuses beside a route or a fee, known before anybody presses « Publish »."""

    slug = "outcomes"
    label = _("Routes and fees")
    blocking = True

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Each problem, at the list it is in."""
        settings = draft.settings
        found = find_outcome_problems(settings["steps"], settings["routes"], settings["fees"])
        for name, problems in found.items():
            for problem in problems:
                yield (name,), problem.message
