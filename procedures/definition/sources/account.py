"""The account of whoever is signed in."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from procedures.plugins import PrefillSource, Visit

ORIGIN = _("Taken from your account.")


class Account(PrefillSource):
    """Name and address of the person who is signed in; nothing for anybody else."""

    slug = "account"
    label = _("The resident's account")

    def value(self, key: str, visit: Visit) -> tuple[str, Any] | None:
        """The claim of that name: email, given-name…"""
        known = visit.account.get(key)
        return (known, ORIGIN) if known else None
