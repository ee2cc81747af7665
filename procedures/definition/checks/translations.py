"""Translations follow."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.plugins import DraftProcedure, Path, ProcedureCheck


class Translations(ProcedureCheck):
    """A language of the site in which this cannot be read, or reads as it was."""

    slug = "translations"
    label = _("Translations")

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Advice: residents read the French where it is missing, and are told so."""
        for language, state in (draft.settings.get("translations") or {}).items():
            words = {"language": language}
            if state == "missing":
                yield (), _now("There is no translation in this language yet: %(language)s.") % words
            elif state == "stale":
                yield (), _now("The source has changed since this translation: %(language)s.") % words
            elif state == "partial":
                yield (), _now("This translation is not finished: %(language)s.") % words
