"""A copy of an identity document: deleted as soon as the request has its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail import blocks

from procedures.fields.file import File
from procedures.plugins import Kept, Question
from procedures.uploads.keeping import KeptFile

MOST_SIDES = 2
SIDES = _("Both sides of a card, or the page of a passport with the picture.")


class IdentityDocument(File):
    """Like files; ``sensitive`` makes the inbox purge it, and the resident is told so beside the field."""

    slug = "identity_document"
    label = _("Identity document")
    icon = "key"
    doc = _(
        "A copy of an identity card, a passport, a residence permit: deleted by itself once the request is decided."
    )
    examples = [
        ([KeptFile("sample", "carte.jpg", "image/jpeg", 120_000, "0" * 64)], ["carte.jpg"]),
        ([], None),
    ]
    sensitive = True

    def option_blocks(self) -> dict[str, blocks.Block]:
        """How large; the kind and the number are those of a card."""
        return {"max_megabytes": super().option_blocks()["max_megabytes"]}

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Scans or pictures of both sides."""
        return super().compile_options({**value, "kinds": "scans", "max_files": MOST_SIDES})

    def form_field(self, question: Question) -> forms.Field:
        """The input of files, with what becomes of the copy."""
        said = format_lazy("{} {}", SIDES, fate())
        words = format_lazy("{} {}", question.help, said) if question.help else said
        options = {"kinds": "scans", "max_files": MOST_SIDES, **question.options}
        return super().form_field(replace(question, help=words, options=options))  # type: ignore[arg-type]  # lazy words

    def searchable(self, kept: Kept) -> str:
        """Nothing: a name of a file would outlive it."""
        return ""


def fate() -> Any:
    """What the city does with the copy."""
    days = settings.SENSITIVE_DAYS
    if not days:
        return _("We delete it as soon as you have our answer.")
    late = ngettext_lazy(
        "We delete it %(days)d day after our answer.", "We delete it %(days)d days after our answer.", days
    )
    return late % {"days": days}
