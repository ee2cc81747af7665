"""Phone numbers of some countries alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException
from wagtail import blocks

from procedures.fields.countries import FIRST, countries, country_name
from procedures.plugins import Kept, Validator


class PhoneCountry(Validator):
    """The number belongs to one of the countries, overseas departments told apart (RE, GP…)."""

    slug = "phone_country"
    label = _("Phone number of some countries")
    applies_to = ("phone",)
    examples = [
        ("+33612345678", {"countries": ["FR"]}, True),
        ("+32470123456", {"countries": ["FR", "BE"]}, True),
        ("+32470123456", {"countries": ["FR"]}, False),
        ("+12042345678", {"countries": ["US"]}, False),  # Manitoba: one code for two countries
        ("+99900000000", {"countries": ["FR"]}, False),
        ("+32470123456", {"countries": []}, True),
    ]

    def option_blocks(self) -> dict[str, blocks.Block]:
        """The countries."""
        return {"countries": blocks.MultipleChoiceBlock(choices=countries, default=[FIRST], label=_("Numbers of"))}

    def check(self, kept: Kept, options: Mapping[str, Any]) -> None:
        """Raises ValidationError for a number of another country."""
        wanted = options.get("countries") or ()
        if wanted and _country(str(kept)) not in wanted:
            names = ", ".join(country_name(code) for code in wanted)
            raise ValidationError(
                _now("Give a phone number of one of these countries: %(countries)s.") % {"countries": names}
            )


def _country(kept: str) -> str:
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(kept, None)) or ""
    except NumberParseException:
        return ""
