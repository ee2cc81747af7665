"""Whoever has no scanner can bring the paper."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.definition.outline import SECTION, STEP
from procedures.definition.proofreading import names, plain
from procedures.plugins import DraftProcedure, Path, ProcedureCheck

OTHER_WAYS = (
    "guichet",
    "courrier",
    "par la poste",
    "sur place",
    "en mairie",
    "a la mairie",
    "a l'accueil",
    "apportez",
    "apporter",
    "deposez",
    "deposer",
    "photo",
    "desk",
    "counter",
    "by post",
    "bring",
)


class Files(ProcedureCheck):
    """A document that must be joined says how else it can be given."""

    slug = "files"
    label = _("Documents without a scanner")

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Advice beside the help, unless the question, its section or its step says it."""
        said: dict[Path, str] = {}
        for path, part in draft.parts:
            said[path] = f"{said.get(path[:-2], '')} {part.label} {plain(part.help)}"
            takes_files = part.type not in (STEP, SECTION) and part.field_type.takes_files
            if takes_files and part.required and not names(said[path], OTHER_WAYS):
                yield (
                    (*path, "help_text"),
                    _now("Say how to give this without a scanner: a photo, by post, at the desk; or make it optional."),
                )
