"""Every step and question has words of its own."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.definition.outline import SECTION, STEP
from procedures.definition.problems import wording_problems
from procedures.plugins import DraftProcedure, Path, ProcedureCheck


class Labels(ProcedureCheck):
    """Missing, or said twice in one list: nobody could tell them apart."""

    slug = "labels"
    label = _("Words of steps and questions")
    blocking = True

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Beside the title or the words of the question."""
        for path, part in draft.parts:
            is_box = part.type in (STEP, SECTION)
            if not part.label.strip() and (is_box or part.field_type.asks):
                yield (
                    (*path, "title" if is_box else "label"),
                    _now("Say in words what this is: residents read it first."),
                )
        for problem in wording_problems(draft.settings["steps"]):
            yield problem.path, problem.message
