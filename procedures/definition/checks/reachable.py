"""Every step, section and question can be shown to somebody."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.definition.reachability import Analysis
from procedures.plugins import DraftProcedure, Path, ProcedureCheck


class Reachable(ProcedureCheck):
    """A condition that contradicts itself, or what stands around it."""

    slug = "reachable"
    label = _("What nobody could reach")
    blocking = True

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """The outermost place only: what is inside it is reached as soon as it is mended."""
        if draft.definition is None:
            return
        analysis = Analysis(draft.definition)
        verdicts, paths = analysis.verdicts(), {part.id: path for path, part in draft.parts}
        for place in analysis.places:
            if not place.has_own or not place.conditions[-1].rules or place.id not in paths:
                continue  # « never » is a choice, not a mistake
            verdict = verdicts[place.id]
            if verdict.reached and verdict.shown is False:
                yield (
                    (*paths[place.id], "condition"),
                    _now(
                        "No answers ever meet this condition: nobody would see this. Change it, "
                        "or choose “Never” if it is switched off for now."
                    ),
                )
