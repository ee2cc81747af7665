"""Texts that are long enough, and not too long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from procedures.fields.validators.bounds import bounds
from procedures.plugins import Kept, Validator

LONGEST = 10_000


class TextLength(Validator):
    """Characters, spaces included."""

    slug = "text_length"
    label = _("Length of the text")
    applies_to = ("short_text", "long_text", "pattern_text")
    examples = [
        ("0123456789", {"at_least": 10, "at_most": 10}, True),
        ("012345678", {"at_least": 10, "at_most": None}, False),
        ("01234567890", {"at_least": None, "at_most": 10}, False),
        ("", {"at_least": None, "at_most": None}, True),
    ]

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Empty: no bound."""
        limits: dict[str, Any] = {"required": False, "min_value": 1, "max_value": LONGEST}
        return {
            "at_least": blocks.IntegerBlock(**limits, label=_("Characters at least")),
            "at_most": blocks.IntegerBlock(**limits, label=_("Characters at most")),
        }

    def check(self, kept: Kept, options: Mapping[str, Any]) -> None:
        """Raises ValidationError with what there is and what is wanted."""
        least, most = bounds(options)
        length = len(str(kept or ""))
        if least is not None and length < least:
            text = ngettext(
                "Write at least %(count)d character; there is %(length)d now.",
                "Write at least %(count)d characters; there are %(length)d now.",
                int(least),
            )
            raise ValidationError(text % {"count": least, "length": length})
        if most is not None and length > most:
            text = ngettext(
                "Write at most %(count)d character; there are %(length)d now.",
                "Write at most %(count)d characters; there are %(length)d now.",
                int(most),
            )
            raise ValidationError(text % {"count": most, "length": length})
