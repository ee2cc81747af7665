"""Our own procedures as JSON, and back: the same form, question by question. See docs/format.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.fields import StreamField

from procedures.definition.importing.content import FORMAT, VERSION, settings_fields
from procedures.definition.importing.references import leaving
from procedures.definition.importing.safety import UnusableFileError, bounded
from procedures.definition.models import ProcedurePage
from procedures.plugins import Importer

SITE_S_OWN = ("department", "agent")
"""Of a route: numbers that mean somebody else on another site."""
BEGINNING = 400
"""Bytes within which a file of ours says what it is."""


def as_text(page: ProcedurePage) -> str:
    """The file of a procedure: its last draft, and its live translations."""
    latest = page.get_latest_revision_as_object() if page.latest_revision_id else page
    return json.dumps(export_procedure(latest), ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)


def export_procedure(page: ProcedurePage) -> dict[str, Any]:
    """The procedure, as it is written now, and its live translations; its department stays behind."""
    translations = ProcedurePage.objects.filter(translation_key=page.translation_key, live=True, alias_of=None)
    others = translations.exclude(pk=page.pk).select_related("locale").order_by("locale__language_code")
    return {
        "format": FORMAT,
        "version": VERSION,
        "language": page.locale.language_code,
        **_worded(page),
        "translations": {other.locale.language_code: _worded(other) for other in others},
    }


def _worded(page: ProcedurePage) -> dict[str, Any]:
    values = {
        name: _stream(page, name) if isinstance(field, StreamField) else field.value_from_object(page)
        for name, field in settings_fields().items()
    }
    return {
        "title": page.title,
        "slug": page.slug,
        "settings": values,
        "steps": _stream(page, "steps"),
    }


def _stream(page: ProcedurePage, name: str) -> Any:
    stream = getattr(page, name)
    return leaving(stream.stream_block, stream.get_prep_value())


class Parvis(Importer):
    """A procedure exported by Parvis."""

    slug = "parvis"
    label = gettext_lazy("Procedure of Parvis (JSON)")

    def read(self, data: bytes, beside: Mapping[str, bytes]) -> Mapping[str, Any] | None:
        """The content of the file as it is. Raises UnusableFileError for JSON that is broken."""
        head = data[:BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n")
        if not head.startswith(b"{"):
            return None
        try:
            content = json.loads(bounded(data))
        except (ValueError, RecursionError) as error:
            raise UnusableFileError(
                _("The file cannot be read as JSON: %(why)s.") % {"why": str(error)[:120]}
            ) from error
        return content if content.get("format") == FORMAT else None
