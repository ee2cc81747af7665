"""Every procedure has a way without internet."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.definition.proofreading import plain
from procedures.plugins import DraftProcedure, Path, ProcedureCheck


class Alternative(ProcedureCheck):
    """By phone, at a desk or on paper."""

    slug = "alternative"
    label = _("Without internet")
    blocking = True

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """An empty paragraph is no way."""
        if not plain(draft.settings.get("alternative") or ""):
            yield (
                ("alternative",),
                _now(
                    "Say how to do this without internet: by phone, at a desk or on paper. Every procedure has a way."
                ),
            )
