"""The answer can reach whoever asks."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.definition.outline import SECTION, STEP
from procedures.definition.proofreading import names
from procedures.plugins import DraftProcedure, Path, ProcedureCheck, Question

TOKENS = {"email", "tel", "street-address", "address-line1"}
WORDS = ("adresse", "telephone", "courriel", "mail", "e-mail", "email", "address", "phone")


class AnswerAddress(ProcedureCheck):
    """An e-mail, a phone number or a postal address."""

    slug = "answer_address"
    label = _("A way to answer")

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Advice: without any, the only way to the answer is the tracking number."""
        questions = [part for _path, part in draft.parts if part.type not in (STEP, SECTION)]
        if questions and not any(_is_address(question) for question in questions):
            yield (
                ("steps",),
                _now(
                    "Nobody could be written to: no question asks for an e-mail, a phone number or an address. "
                    "Residents would have to come back with their tracking number."
                ),
            )


def _is_address(question: Question) -> bool:
    kind = question.field_type
    if not kind.asks or kind.nests:
        return False
    is_contact = kind.palette in ("identity", "place") and not TOKENS.isdisjoint(kind.tokens)
    return is_contact or question.options.get("purpose") in TOKENS or bool(names(question.label, WORDS))
