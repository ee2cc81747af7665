"""Whether computed values stand on questions that their operation can work with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from procedures.fields.birth import Birth
from procedures.fields.computed import OPERATIONS, Computed
from procedures.plugins import DraftProcedure, Path, ProcedureCheck, Question

WANTED = {
    "number": _("Choose a question whose answer is a number or an amount."),
    "date": _("Choose a question whose answer is a date."),
    "rows": _("Choose a repeated group."),
    "row_number": _("Choose a number or an amount asked in a repeated group."),
}
ELSEWHERE = _("This question is asked in each row of a repeated group: choose the sum over the rows.")


class Operands(ProcedureCheck):
    """Numbers for a sum, dates for an age, a group for its rows."""

    slug = "operands"
    label = _("Questions that computed values stand on")
    blocking = True

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Where a computed value stands on a question of another kind, and which kind it takes."""
        known = {question.id: question for _path, question in draft.parts}
        groups = {child.id: group.id for group in known.values() for child in group.questions}
        for path, question in draft.parts:
            if question.type == Computed.slug:
                for position, message in self._wrong(question, known, groups):
                    yield (*path, "operands", position), str(message)

    def _wrong(
        self, computed: Question, known: Mapping[str, Question], groups: Mapping[str, str]
    ) -> Iterable[tuple[int, object]]:
        takes = OPERATIONS[computed.options["operation"]].takes
        for position, operand in enumerate(computed.options["operands"]):
            if operand not in known:
                continue  # a question that is gone is told of before
            group = groups.get(operand)
            if kind_of(known[operand]) != takes.removeprefix("row_") or (takes == "row_number" and not group):
                yield position, WANTED[takes]
            elif takes != "row_number" and group and group != groups.get(computed.id):
                yield position, ELSEWHERE


def kind_of(question: Question) -> str:
    """What an answer is for an operation: number, date, rows, or whatever else."""
    kind = question.field_type
    if kind.nests:
        return "rows"
    if kind.slug == Birth.slug:
        return "date"
    return "number" if kind.slug == Computed.slug or kind.reading == "cents" else kind.reading
