"""Addresses of some domains: a school, a company, not throw-away boxes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.plugins import Kept, Validator

BETWEEN = re.compile(r"[\s,;@]+")


class EmailDomain(Validator):
    """A domain counts with those below it: ``valmarie.fr`` takes ``ecoles.valmarie.fr`` in."""

    slug = "email_domain"
    label = _("Domain of the e-mail address")
    applies_to = ("email",)
    examples = [
        ("a@valmarie.fr", {"domains": "valmarie.fr, exemple.fr", "refused": False}, True),
        ("a@ecoles.valmarie.fr", {"domains": "@Valmarie.fr", "refused": False}, True),
        ("a@pas-valmarie.fr", {"domains": "valmarie.fr", "refused": False}, False),
        ("a@jetable.example", {"domains": "jetable.example\nautre.example", "refused": True}, False),
        ("a@valmarie.fr", {"domains": "jetable.example", "refused": True}, True),
        ("a@valmarie.fr", {"domains": " ", "refused": False}, True),
    ]

    def option_blocks(self) -> dict[str, blocks.Block]:
        """The domains, and whether they are the right ones or the wrong ones."""
        return {
            "domains": blocks.TextBlock(
                max_length=2000, rows=2, label=_("Domains"), help_text=_("What stands after the @, one per line.")
            ),
            "refused": blocks.BooleanBlock(required=False, label=_("Refuse these domains instead")),
        }

    def check(self, kept: Kept, options: Mapping[str, Any]) -> None:
        """Raises ValidationError for an address of another domain, or of a refused one."""
        listed = [domain for domain in BETWEEN.split(str(options.get("domains") or "").lower()) if domain]
        own = str(kept).rpartition("@")[2].lower()
        is_listed = any(own == domain or own.endswith(f".{domain}") for domain in listed)
        if listed and options.get("refused") and is_listed:
            raise ValidationError(
                _now("Addresses of %(domain)s cannot be used here: give another one.") % {"domain": own}
            )
        if listed and not options.get("refused") and not is_listed:
            domains = {"domains": ", ".join(listed)}
            raise ValidationError(_now("Give an address that ends with: %(domains)s.") % domains)
