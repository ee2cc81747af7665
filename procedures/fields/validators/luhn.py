"""Numbers whose last digit checks the others, by Luhn's rule: customer and card numbers of many services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from stdnum import luhn

from procedures.fields.digits import compact
from procedures.plugins import Kept, Validator


class Luhn(Validator):
    """Digits alone, spaces and hyphens apart."""

    slug = "luhn"
    label = _("Check digit (Luhn)")
    applies_to = ("short_text", "pattern_text")
    examples = [
        ("78949", {}, True),
        ("79-92 7398713", {}, True),
        ("78948", {}, False),
        ("7894A", {}, False),
    ]

    def check(self, kept: Kept, options: Mapping[str, Any]) -> None:
        """Raises ValidationError where a digit is wrong or two have changed places."""
        if not luhn.is_valid(compact(str(kept))):
            raise ValidationError(_now("Check this number: one of its digits is wrong or missing."))
