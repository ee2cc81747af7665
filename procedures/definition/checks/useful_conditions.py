"""Conditions make a difference, as far as can be told."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.definition.reachability import MOST_WALKS, Analysis, Verdict
from procedures.plugins import DraftProcedure, Path, ProcedureCheck


class UsefulConditions(ProcedureCheck):
    """A condition that is always met; one of which nothing could be proven."""

    slug = "useful_conditions"
    label = _("Conditions that change nothing")

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Advice: residents are not harmed, the next editor is misled."""
        if draft.definition is None:
            return
        verdicts = Analysis(draft.definition).verdicts()
        for path, part in draft.parts:
            message = self._advice(verdicts[part.id]) if part.id in verdicts else ""
            if message:
                yield (*path, "condition"), message

    @staticmethod
    def _advice(verdict: Verdict) -> str:
        if verdict.reached and verdict.hidden is False and verdict.shown:
            return _now("This condition is always met: without it everything stays the same.")
        if verdict.reached is None or (verdict.reached and verdict.shown is None):
            return _now(
                "Not proven: after %(count)d ways through the questions before, none led here. "
                "Try it yourself, or make the condition simpler."
            ) % {"count": MOST_WALKS}
        return ""
