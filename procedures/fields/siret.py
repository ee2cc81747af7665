"""The number of a company's establishment in the national register."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NotANumber
from stdnum.fr import siret

from procedures.fields.digits import compact, grouped
from procedures.fields.numbered import numbered_field
from procedures.plugins import FieldType, Kept, Question


class Siret(FieldType):
    """Fourteen digits, the last of which checks the others; the companies of La Poste have their own rule."""

    slug = "siret"
    label = _("Company number (SIRET)")
    icon = "site"
    palette = "identity"
    doc = _("The 14 digits of a company or an association that employs people. Its check digit is verified.")
    examples = [
        ("732 829 320 00074", "73282932000074"),
        ("73282932000074", "73282932000074"),
        ("٧٣٢ ٨٢٩ ٣٢٠ ٠٠٠٧٤", "73282932000074"),
        ("356 000 000 00048", "35600000000048"),
        ("", None),
    ]

    def form_field(self, question: Question) -> forms.Field:
        """Digits on a phone's keyboard."""
        return numbered_field(
            question,
            read,
            example=_("14 digits, for instance 732 829 320 00074"),
            missing=_("Write the 14 digits of the SIRET number."),
            invalid=_("Check the SIRET number: 14 digits, for instance 732 829 320 00074."),
            inputmode="numeric",
            size=20,
        )

    def restore(self, kept: Kept) -> str:
        """As companies write it."""
        return grouped(str(kept), 3, 3, 3, 5) if kept else ""

    def display(self, kept: Kept, question: Question) -> str:
        """In groups: 732 829 320 00074."""
        return self.restore(kept)

    def export(self, kept: Kept, question: Question) -> dict[str, str]:
        """Without spaces."""
        return {"": str(kept or "")}

    def searchable(self, kept: Kept) -> str:
        """With and without spaces; its first nine digits are the company's SIREN."""
        return f"{kept} {self.restore(kept)} {str(kept)[:9]}" if kept else ""


def read(typed: str) -> str:
    """The bare number. Raises ValueError."""
    try:
        return siret.validate(compact(typed))
    except NotANumber as error:
        raise ValueError(typed) from error
