"""Help texts help."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.definition.outline import SECTION, STEP
from procedures.definition.proofreading import folded, plain
from procedures.plugins import DraftProcedure, Path, ProcedureCheck

PLACEHOLDER = re.compile(
    r"(a completer|a definir|a renseigner|a venir|a preciser|a rediger|texte d'aide|aide|help|help text|todo|tbd|"
    r"to do|to be (defined|written|completed)|placeholder|test|essai|lorem ipsum.*|x{2,}|\W*|n/?a|neant|vide|"
    r"saisissez (ici|votre texte).*|votre texte ici|renseigner( le champ)?|champ obligatoire|obligatoire|facultatif)\W*"
)


class HelpText(ProcedureCheck):
    """A placeholder left behind, or the question said twice."""

    slug = "help_text"
    label = _("Help that says nothing")

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Advice beside the help."""
        for path, part in draft.parts:
            words = folded(plain(part.help))
            if not part.help.strip():
                continue
            where = (*path, "introduction" if part.type in (STEP, SECTION) else "help_text")
            if PLACEHOLDER.fullmatch(words):
                yield where, _now("This is only a placeholder: write what helps to answer, or leave it empty.")
            elif words.strip(" .:?!*") == folded(part.label).strip(" .:?!*"):
                yield (
                    where,
                    _now("This repeats the words above: say why it is asked or where to find it, or leave it out."),
                )
