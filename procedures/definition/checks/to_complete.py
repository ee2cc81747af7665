"""What an importer marked is completed by somebody before residents read it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.definition.marks import is_to_complete
from procedures.plugins import DraftProcedure, Path, ProcedureCheck

PAGE_TEXTS = ("title", "introduction", "needed", "alternative", "declaration", "confirmation", "purpose", "remedies")


class ToComplete(ProcedureCheck):
    """Places in square brackets that came with an imported procedure."""

    slug = "to_complete"
    label = _("Left to complete")

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Advice beside each place."""
        said = _now("This came with an imported procedure: replace what stands in square brackets.")
        for name in PAGE_TEXTS:
            if is_to_complete(str(draft.settings.get(name) or "")):
                yield (name,), said
        for path, part in draft.parts:
            if is_to_complete(part.label):
                yield (*path, "label"), said
            if is_to_complete(part.help):
                yield (*path, "help_text"), said
            if any(is_to_complete(choice.label) for choice in part.choices):
                yield (*path, "choices"), said
            for name in ("lines", "text"):
                if is_to_complete(str(part.options.get(name) or "")):
                    yield (*path, name), said
