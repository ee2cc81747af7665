"""Texts of so many words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from procedures.fields.validators.bounds import bounds
from procedures.plugins import Kept, Validator

MOST = 2_000


class WordsCount(Validator):
    """Words are what spaces part; an article and its apostrophe go with their word."""

    slug = "words_count"
    label = _("Number of words")
    applies_to = ("short_text", "long_text")
    examples = [
        ("Un lampadaire est cassé.", {"at_least": 3, "at_most": 4}, True),
        ("Cassé !", {"at_least": 3, "at_most": None}, False),
        ("Un lampadaire est cassé rue Haute.", {"at_least": None, "at_most": 5}, False),
        ("مصباح مكسور في الشارع", {"at_least": 4, "at_most": 4}, True),
    ]

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Empty: no bound."""
        limits: dict[str, Any] = {"required": False, "min_value": 1, "max_value": MOST}
        return {
            "at_least": blocks.IntegerBlock(**limits, label=_("Words at least")),
            "at_most": blocks.IntegerBlock(**limits, label=_("Words at most")),
        }

    def check(self, kept: Kept, options: Mapping[str, Any]) -> None:
        """Raises ValidationError with what there is and what is wanted."""
        least, most = bounds(options)
        words = sum(any(letter.isalnum() for letter in word) for word in str(kept or "").split())
        if least is not None and words < least:
            text = ngettext("Write at least %(count)d word.", "Write at least %(count)d words.", int(least))
            raise ValidationError(text % {"count": least})
        if most is not None and words > most:
            text = ngettext(
                "Write at most %(count)d word; there are %(words)d now.",
                "Write at most %(count)d words; there are %(words)d now.",
                int(most),
            )
            raise ValidationError(text % {"count": most, "words": words})
