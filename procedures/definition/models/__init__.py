"""Procedures: the page a department writes, and the versions published from it."""

from procedures.definition.models.index import ProcedureIndexPage
from procedures.definition.models.pages import ProcedurePage
from procedures.definition.scenarios import Scenario
from procedures.definition.trials import Trial
from procedures.definition.versions import ImmutableError, Procedure, ProcedureVersion

__all__ = [
    "ImmutableError",
    "Procedure",
    "ProcedureIndexPage",
    "ProcedurePage",
    "ProcedureVersion",
    "Scenario",
    "Trial",
]
