"""The importer of Publik's forms, as a plugin."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.definition.importing.content import FORMAT, VERSION
from procedures.definition.importing.publik.choices import read_list
from procedures.definition.importing.publik.converting import convert_form
from procedures.definition.importing.publik.formdef import Form, read_form
from procedures.definition.importing.publik.lists import Choices
from procedures.definition.importing.publik.texts import plain
from procedures.definition.importing.report import APPROXIMATED, TEXT, Outcome
from procedures.definition.importing.safety import UnusableFileError, bounded
from procedures.plugins import Importer

BEGINNING = 400
XML = re.compile(rb"\s*(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<")
SUMMARY = 400


class Publik(Importer):
    """A form exported from Publik (``.wcs``), with its blocks of fields and lists where they are at hand."""

    slug = "publik"
    label = gettext_lazy("Form of Publik (.wcs)")

    def read(self, data: bytes, beside: Mapping[str, bytes]) -> Mapping[str, Any] | None:
        """The form as our own JSON. Raises UnusableFileError for XML that is broken, or no form."""
        if not XML.match(data[:BEGINNING]):
            return None
        form = read_form(data)
        conversion = convert_form(form, blocks=_blocks(beside), given=_lists(beside), language=settings.LANGUAGE_CODE)
        description = plain(form.description)
        return {
            "format": FORMAT,
            "version": VERSION,
            "language": settings.LANGUAGE_CODE,
            "title": form.title,
            "slug": form.slug,
            "settings": {"introduction": description[:SUMMARY], "silence_effect": "none"},
            "steps": conversion.steps,
            "outcomes": [outcome.as_json() for outcome in (*conversion.outcomes, *_undecided())],
        }


def _undecided() -> list[Outcome]:
    """What the law and the department decide, and the file cannot know."""
    said = {
        _("Silence of the town"): _("the file does not say what silence means: “no legal effect” was set, decide"),
        _("Delays"): _("the legal delay, the promised answer and the retention are the usual ones: decide"),
        _("Without internet"): _("the file tells no way without internet: a place is marked for it"),
    }
    return [Outcome(TEXT, name, APPROXIMATED, why) for name, why in said.items()]


def _blocks(beside: Mapping[str, bytes]) -> dict[str, Form]:
    """Blocks of fields among the files that were brought along, by their slug."""
    found: dict[str, Form] = {}
    for name, data in beside.items():
        if XML.match(data[:BEGINNING]) and b"<block" in data[:BEGINNING]:
            try:
                form = read_form(data, "block")
            except UnusableFileError as error:
                raise UnusableFileError(f"{name}: {error}") from error
            found[form.slug or PurePath(name).stem] = form
    return found


def _lists(beside: Mapping[str, bytes]) -> dict[str, Choices]:
    """Lists among them: JSON files that bear the name of their source."""
    found: dict[str, Choices] = {}
    for name, data in beside.items():
        path = PurePath(name)
        if path.suffix == ".json":
            try:
                found[path.stem] = read_list(bounded(data))
            except (ValueError, TypeError, RecursionError) as error:
                raise UnusableFileError(_("%(file)s: no list of choices.") % {"file": path.name}) from error
    return found
