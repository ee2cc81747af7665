"""Texts are read at the first try: short sentences, plain words."""

from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.definition.proofreading import HARD, PLAIN, long_sentences, reading_ease, texts_of
from procedures.plugins import DraftProcedure, Path, ProcedureCheck

UNSCORED = {"ar"}
"""Languages whose words and sentences are not counted in this way."""


class Readability(ProcedureCheck):
    """Flesch's reading ease for French, long sentences in any language that is counted in words."""

    slug = "readability"
    label = _("Readability")

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Advice beside each text."""
        language = str(draft.settings.get("language", ""))
        if language in UNSCORED:
            return
        for text in texts_of(draft):
            for sentence in long_sentences(text.words):
                words = {"count": len(sentence.split()), "beginning": Truncator(sentence).words(6)}
                yield text.path, _now("A sentence of %(count)d words: “%(beginning)s”. Cut it in two.") % words
            score = reading_ease(text.words, language)
            if score is not None and score < HARD:
                numbers = {"score": score, "goal": PLAIN}
                yield text.path, _now("Hard to read: %(score)d out of 100. Aim at %(goal)d: shorter words.") % numbers
