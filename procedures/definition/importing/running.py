"""A file of another system from its bytes to a draft and a report, the same for the command and the admin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from cms.accounts.models import User
from directory.models import Department
from procedures.definition.checking import find_blocking
from procedures.definition.importing import report
from procedures.definition.importing.content import checked
from procedures.definition.importing.drafting import draft_procedure, publishing_problems, unsaved_page
from procedures.definition.importing.report import APPROXIMATED, CONDITION, LEFT, Outcome
from procedures.definition.importing.safety import UnusableFileError, bounded
from procedures.definition.models import ProcedurePage
from procedures.definition.problems import find_problems
from procedures.plugins import Path, importers

ALWAYS: dict[str, Any] = {"match": "all", "rules": [], "groups": []}
NEVER: dict[str, Any] = {"match": "never", "rules": [], "groups": []}


@dataclass
class Imported:
    """A procedure that was read: its content, what became of everything, and its draft once it is made."""

    file: str
    content: dict[str, Any]
    outcomes: list[Outcome]
    problems: list[str] = field(default_factory=list)
    """What would stop its publication."""
    page: ProcedurePage | None = None

    @property
    def publishable(self) -> bool:
        """Whether it can be published as it is."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """The report on this file."""
        steps = len(self.content["steps"])
        told = report.as_json(self.file, self.content["title"], steps, self.outcomes, publishable=self.publishable)
        return {**told, "problems": self.problems, "page": self.page.pk if self.page else None}


def read_procedure(data: bytes, file: str, beside: Mapping[str, bytes], department: Department | None) -> Imported:
    """Read a file with the first importer that knows its kind; nothing is written.

    Raises:
        UnusableFileError: too large, broken, dangerous, or of no known kind; one line says which.
    """
    bounded(data)
    for importer in importers:
        content = importer.read(data, beside)
        if content is not None:
            return _settled(content, file, department)
    kinds = ", ".join(str(importer.label) for importer in importers.offered())
    raise UnusableFileError(_("The file is of no kind that can be imported: %(kinds)s.") % {"kinds": kinds})


def save_draft(imported: Imported, department: Department, user: User | None = None) -> ProcedurePage:
    """Make the draft page. Raises UnusableFileError."""
    imported.page, left = draft_procedure(imported.content, department, user=user)
    imported.outcomes += left
    return imported.page


def _settled(raw: Mapping[str, Any], file: str, department: Department | None) -> Imported:
    """The procedure without the conditions that our editor would refuse; those that nothing meets are switched off."""
    told = raw.get("outcomes")
    outcomes = [Outcome(**outcome) for outcome in told] if isinstance(told, list) else []
    content, left = checked(raw)
    imported = Imported(file, content, [*outcomes, *left])
    page = unsaved_page(content, department)
    while refused := [problem for problem in find_problems(page.steps) if "condition" in problem.path]:
        for problem in refused:
            why = _("%(why)s Always shown.") % {"why": problem.message}
            _replace(content["steps"], problem.path, ALWAYS, imported.outcomes, LEFT, why)
        page = unsaved_page(content, department)
    idle = [finding for finding in find_blocking(page) if finding.path[-1:] == ("condition",)]
    for finding in idle:
        why = _("No answers can ever meet it: it is switched off.")
        _replace(content["steps"], finding.path, NEVER, imported.outcomes, "", why)
    imported.problems = publishing_problems(unsaved_page(content, department) if idle else page)
    return imported


def _replace(steps: list[Any], path: Path, by: dict[str, Any], outcomes: list[Outcome], result: str, why: str) -> None:
    """Put another condition in the place of one, and tell so; ``result`` "" leaves what was told of it."""
    value: Any = {"questions": steps}
    place: Any = steps
    for part in path[: path.index("condition")]:
        place = place[part]
        if isinstance(place, dict) and "value" in place:
            value = place = place["value"]
    value["condition"] = dict(by)
    name = str(value.get("label") or value.get("title") or "")
    for number, outcome in enumerate(outcomes):
        if outcome.kind == CONDITION and outcome.name == name and outcome.result != LEFT and not outcome.why:
            outcomes[number] = replace(outcome, result=result or outcome.result, why=why)
            return
    outcomes.append(Outcome(CONDITION, name, result or APPROXIMATED, why))


__all__ = ["Imported", "UnusableFileError", "read_procedure", "save_draft"]
