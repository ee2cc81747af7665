"""What became of every row."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SHOWN_MAX = 50


class Outcome(StrEnum):
    """The fates of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


LABELS = {
    Outcome.CREATED: gettext_noop("Created"),
    Outcome.UPDATED: gettext_noop("Updated"),
    Outcome.UNCHANGED: gettext_noop("Unchanged"),
    Outcome.REJECTED: gettext_noop("Rejected"),
}


@dataclass(frozen=True)
class Fate:
    """What became of one row, and why."""

    number: int
    source_id: str
    name: str
    outcome: Outcome
    reasons: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """The reasons on one line."""
        return " | ".join(" ".join(reason.split()) for reason in self.reasons)


@dataclass
class Report:
    """Counts, the rows there is something to say of, and a CSV of all rows if asked for."""

    file: IO[str] | None = None
    counts: Counter[Outcome] = field(default_factory=Counter)
    other_communes: int = 0
    notable: list[Fate] = field(default_factory=list)
    left_out: int = 0

    def __post_init__(self) -> None:
        self._writer = csv.writer(self.file) if self.file else None
        if self._writer:
            self._writer.writerow(["row", "identifier", "name", "outcome", "reason"])

    def add(self, fates: Iterable[Fate]) -> None:
        """Note the fates of rows."""
        for fate in fates:
            self.counts[fate.outcome] += 1
            if self._writer:
                self._writer.writerow([fate.number, fate.source_id, fate.name, fate.outcome.value, fate.reason])
            if fate.reasons:
                # The rejected ones come first when there are too many to show.
                if len(self.notable) < SHOWN_MAX or fate.outcome is Outcome.REJECTED:
                    self.notable.append(fate)
                else:
                    self.left_out += 1

    def lines(self) -> list[str]:
        """The report as a table of plain text."""
        ordered = sorted(self.notable, key=lambda fate: (fate.outcome is not Outcome.REJECTED, fate.number))
        shown, rest = ordered[:SHOWN_MAX], self.left_out + max(0, len(ordered) - SHOWN_MAX)
        lines = [f"{_(LABELS[outcome]):<12} {self.counts[outcome]:>8}" for outcome in Outcome]
        if self.other_communes:
            lines.append(_("%(n)s rows of other communes left aside") % {"n": self.other_communes})
        if shown:
            number, outcome, source_id, reason = _("Row"), _("Outcome"), _("Identifier"), _("Reason")
            lines += ["", f"{number:>7}  {outcome:<11} {source_id:<18} {reason}"]
            lines += [
                f"{fate.number:>7}  {_(LABELS[fate.outcome]):<11} {fate.source_id[:18]:<18} {fate.reason}"
                for fate in shown
            ]
        if rest:
            lines.append(_("… and %(n)s more rows with a remark: use --report FILE to read them all.") % {"n": rest})
        return lines
