"""What became of everything an imported procedure held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

CONVERTED, APPROXIMATED, LEFT = "converted", "approximated", "left"
RESULTS = {CONVERTED: _("converted"), APPROXIMATED: _("approximated"), LEFT: _("left")}
FIELD, CONDITION, CHECK, PREFILL, LIST, TEXT = "field", "condition", "check", "prefill", "list", "text"
KINDS = {
    FIELD: _("Fields"),
    CONDITION: _("Conditions"),
    CHECK: _("Checks on answers"),
    PREFILL: _("Answers filled in beforehand"),
    LIST: _("Lists of choices"),
    TEXT: _("Texts"),
}


@dataclass(frozen=True)
class Outcome:
    """What became of one thing.

    converted: it means the same. approximated: it works, with the difference that ``why`` states.
    left: it is not in the draft, and ``why`` says for what reason.
    """

    kind: str
    name: str
    """The field concerned, in the words of the form."""
    result: str
    why: str = ""

    def as_json(self) -> dict[str, str]:
        """For our own JSON."""
        return {"kind": self.kind, "name": self.name, "result": self.result, "why": self.why}


def counts(outcomes: Iterable[Outcome], kind: str) -> dict[str, int]:
    """How many of a kind there were, and what became of them."""
    results = [outcome.result for outcome in outcomes if outcome.kind == kind]
    return {"total": len(results), **{result: results.count(result) for result in RESULTS}}


def as_json(file: str, title: str, steps: int, outcomes: list[Outcome], *, publishable: bool) -> dict[str, Any]:
    """The report on one form; keys beyond the first seven tell more of the same."""
    return {
        "file": file,
        "title": title,
        "steps": steps,
        "fields": counts(outcomes, FIELD),
        "conditions": counts(outcomes, CONDITION),
        "publishable": publishable,
        "left": _told(outcomes, LEFT),
        "approximated": _told(outcomes, APPROXIMATED),
        "checks": counts(outcomes, CHECK),
        "prefills": counts(outcomes, PREFILL),
        "lists": counts(outcomes, LIST),
        "texts": counts(outcomes, TEXT),
    }


def _told(outcomes: list[Outcome], result: str) -> list[dict[str, str]]:
    return [
        {"field": outcome.name, "why": outcome.why, "kind": outcome.kind}
        for outcome in outcomes
        if outcome.result == result
    ]
