"""What other rooms may say beside the page of a procedure: a line of a settings list each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from cms.registry import Plugin, Registry

if TYPE_CHECKING:
    from procedures.definition.models import ProcedurePage


class ProcedureAside(Plugin):
    """A box in the column beside a procedure, shown with its own template, given as ``aside``."""

    template: ClassVar[str]

    def context(self, page: ProcedurePage) -> dict[str, Any] | None:
        """What the template needs, in the active language; None leaves the box out. No query once read."""
        raise NotImplementedError


procedure_asides = Registry(ProcedureAside, "PROCEDURE_ASIDES")


def asides_of(page: ProcedurePage) -> list[dict[str, Any]]:
    """The boxes of a page, in the order of the list; a page that is not saved yet has none."""
    if not page.pk:
        return []
    found = [(aside.template, aside.context(page)) for aside in procedure_asides]
    return [{"template": template, "context": context} for template, context in found if context is not None]
