"""What one check finds in a procedure that nobody has saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.blocks import StreamValue
from wagtail.models import Locale

from procedures.definition.checking import draft_of
from procedures.definition.models import ProcedurePage
from procedures.plugins import Path, procedure_checks
from tests.factories.procedures import Raw

Found = list[tuple[Path, str]]


def _stream(name: str, blocks: list[Raw]) -> StreamValue:
    return ProcedurePage._meta.get_field(name).stream_block.to_python(blocks)


@pytest.fixture
def find(db: Any) -> Callable[..., Found]:
    """Call it with a check's slug, the steps, and fields of the page."""
    locale = Locale.objects.get_or_create(language_code="fr")[0]

    def found(slug: str, *steps: Raw, **fields: Any) -> Found:
        streams = {name: _stream(name, fields.pop(name)) for name in ("routes", "fees") if name in fields}
        page = ProcedurePage(title="Essai", locale=locale, **{"alternative": "<p>Au guichet.</p>", **fields, **streams})
        page.steps = ProcedurePage._meta.get_field("steps").stream_block.to_python(list(steps))
        return list(procedure_checks[slug].find(draft_of(page)))

    return found
