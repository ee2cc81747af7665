"""Every question loses residents: a budget on the longest way through."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.definition.extent import extent_of
from procedures.plugins import DraftProcedure, Path, ProcedureCheck


class Budget(ProcedureCheck):
    """At most ``PROCEDURE_QUESTION_BUDGET`` questions for one resident."""

    slug = "budget"
    label = _("Number of questions")

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Advice, on the procedure as a whole."""
        if draft.definition is None:
            return
        budget = settings.PROCEDURE_QUESTION_BUDGET
        longest = extent_of(draft.definition).longest
        if longest > budget:
            message = _now(
                "Some residents have %(count)d questions to answer; most people bear %(budget)d. "
                "Leave out what is only nice to know."
            )
            yield ("steps",), message % {"count": longest, "budget": budget}
