"""Bank accounts of some countries alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.fields.countries import FIRST, countries, country_name
from procedures.plugins import Kept, Validator


class IbanCountry(Validator):
    """The account is held in one of the countries. Regulation EU 260/2012 forbids refusing others of the SEPA zone."""

    slug = "iban_country"
    label = _("Bank account of some countries")
    applies_to = ("iban",)
    examples = [
        ("FR1420041010050500013M02606", {"countries": ["FR"]}, True),
        ("BE68539007547034", {"countries": ["FR", "BE"]}, True),
        ("BE68539007547034", {"countries": ["FR"]}, False),
        ("BE68539007547034", {"countries": []}, True),
    ]

    def option_blocks(self) -> dict[str, blocks.Block]:
        """The countries."""
        return {
            "countries": blocks.MultipleChoiceBlock(
                choices=countries,
                default=[FIRST],
                label=_("Accounts of"),
                help_text=_(
                    "European law forbids refusing an account because it is held in another country of the zone."
                ),
            )
        }

    def check(self, kept: Kept, options: Mapping[str, Any]) -> None:
        """Raises ValidationError for an account of another country."""
        wanted = options.get("countries") or ()
        if wanted and str(kept)[:2] not in wanted:
            names = ", ".join(country_name(code) for code in wanted)
            raise ValidationError(
                _now("Give an account of one of these countries: %(countries)s.") % {"countries": names}
            )
