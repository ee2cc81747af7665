"""Words without accents, case or punctuation: "Élagage d’arbres" is found as "elagage arbres"."""

from __future__ import annotations

import re
import unicodedata

_OTHERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_NOT_WORD = re.compile(r"[^\w]+")


def fold(text: str) -> str:
    """Lower-case letters and digits without their accents, single spaces between words."""
    # Folding the case of compatibility letters (𝐴, ﬁ) needs them decomposed first.
    lower = unicodedata.normalize("NFKD", text).casefold().translate(_OTHERS)
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", plain.replace("_", " ")).strip()
