"""One supporting document of several pages, each page its file: both sides of a card, each sheet of a notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.fields.file import MOST_FILES, File, StoredFilesField
from procedures.plugins import Kept, Question
from procedures.uploads.keeping import KeptFile


class Documents(File):
    """Kept: the names of the files, in the order of the pages."""

    slug = "documents"
    label = _("Document of several pages")
    icon = "doc-full"
    doc = _("One document whose pages are sent one by one: you name the pages, none is forgotten.")
    examples = [
        (
            [
                KeptFile("one", "avis-1.jpg", "image/jpeg", 120_000, "0" * 64),
                KeptFile("two", "avis-2.jpg", "image/jpeg", 120_000, "1" * 64),
            ],
            ["avis-1.jpg", "avis-2.jpg"],
        ),
        ([], None),
    ]
    words = ("pages",)

    def sample(self) -> Question:
        """A notice of two pages."""
        return replace(super().sample(), options={"pages": "Première page\nDernière page"})

    def option_blocks(self) -> dict[str, blocks.Block]:
        """The names of the pages, then what a file may be."""
        pages = blocks.TextBlock(
            default="",
            rows=4,
            max_length=1_000,
            label=_("Pages, one per line"),
            help_text=_("In the order in which they are sent: first page, page with the total…"),
        )
        own = super().option_blocks()
        return {"pages": pages, "kinds": own["kinds"], "max_megabytes": own["max_megabytes"]}

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """As many files at most as one question takes: a page may come in two pieces."""
        compiled = super().compile_options({**value, "max_files": MOST_FILES})
        return {name: compiled[name] for name in ("kinds", "max_megabytes")}

    def option_errors(self, value: Mapping[str, Any]) -> dict[str, str]:
        """One page at least, each name once."""
        pages = pages_in(value["pages"])
        if not pages or len(pages) > MOST_FILES:
            return {"pages": _now("Name one page at least, %(most)s at most.") % {"most": MOST_FILES}}
        if len({page.casefold() for page in pages}) < len(pages):
            return {"pages": _now("Two pages have the same name.")}
        return {}

    def form_field(self, question: Question) -> forms.Field:
        """The input of files, with the pages in its help; it misses those that did not come."""
        pages = pages_in(question.options.get("pages"))
        asked = _("Send these pages, in this order: %(pages)s.") % {"pages": ", ".join(pages)}
        words = format_lazy("{} {}", question.help, asked) if question.help else asked
        options = {**question.options, "max_files": MOST_FILES}
        field = super().form_field(replace(question, help=words, options=options))  # type: ignore[arg-type]  # lazy words
        if isinstance(field, StoredFilesField):
            field.pages = pages
        return field

    def display(self, kept: Kept, question: Question) -> str:
        """Each page with its file."""
        names = kept if isinstance(kept, list) else []
        pages = pages_in(question.options.get("pages"))
        if len(names) != len(pages):
            return super().display(kept, question)
        page = _now("%(page)s: %(file)s")
        return ", ".join(page % {"page": said, "file": name} for said, name in zip(pages, names, strict=True))


def pages_in(text: Any) -> list[str]:
    """The pages' names, one per line."""
    return [line for line in (" ".join(line.split()) for line in str(text or "").splitlines()) if line]
