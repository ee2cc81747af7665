"""« Checks » in the editor: what stops the publication, advice, and figures, each leading to its field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel

from procedures.definition.checking import Finding, draft_of, find_all
from procedures.definition.extent import Extent, extent_of
from procedures.definition.proofreading import reading_ease, texts_of
from procedures.plugins import DraftProcedure, Path


class Line(NamedTuple):
    """A finding, or a figure, as the list shows it."""

    where: str
    """The step and the question in words; empty for the whole page."""
    text: str
    target: str
    """Id of the field in the editor."""


class Report(NamedTuple):
    """What the checks say of a page as it was last saved."""

    blocking: list[Line]
    advice: list[Line]
    extent: Extent | None
    score: int | None
    """Reading ease of all texts together."""
    scores: list[Line]
    """Of each text, hardest first."""


def report_on(draft: DraftProcedure) -> Report:
    """Run every check and take the figures."""
    found = find_all(draft)
    lines = [(finding, _line(draft, finding)) for finding in found]
    language, texts = str(draft.settings["language"]), list(texts_of(draft))
    scored = [(score, text) for text in texts if (score := reading_ease(text.words, language)) is not None]
    return Report(
        blocking=[line for finding, line in lines if finding.check.blocking],
        advice=[line for finding, line in lines if not finding.check.blocking],
        extent=extent_of(draft.definition) if draft.definition else None,
        score=reading_ease("\n".join(text.words for text in texts), language),
        scores=[
            Line(" › ".join(words_of(draft.parts, text.path)) or _("Page"), str(score), field_id(text.path))
            for score, text in sorted(scored, key=lambda pair: pair[0])
        ],
    )


def _line(draft: DraftProcedure, finding: Finding) -> Line:
    where = " › ".join(words_of(draft.parts, finding.path)) or str(finding.check.label)
    return Line(where, finding.message, field_id(finding.path))


def words_of(parts: Sequence[tuple[Path, Any]], path: Path) -> Iterator[str]:
    """The titles and questions on the way to a place, from the step down."""
    by_path: Mapping[Path, Any] = dict(parts)
    for depth in range(1, len(path) + 1):
        if path[:depth] in by_path:
            yield by_path[path[:depth]].label or _("without words")


def field_id(path: Path) -> str:
    """The id that Wagtail's editor gives to the field at ``path``."""
    if not path:
        return ""
    if isinstance(path[0], str):
        return f"id_{path[0]}" if path[0] != "steps" else "steps-count"
    ends = "-match" if path[-1] == "condition" else ""
    return "steps" + "".join(f"-{part}-value" if isinstance(part, int) else f"-{part}" for part in path) + ends


class ChecksPanel(Panel):
    """A tab of the editor; it reads the page as it was last saved."""

    class BoundPanel(Panel.BoundPanel):
        """The tab for one page and one request."""

        template_name = "definition/checks.html"

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            """``report``, None before the first save, and where the map is."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            page: models.Model = self.instance
            report = report_on(draft_of(page)) if page.pk else None  # type: ignore[arg-type]  # ProcedurePage imports this
            map_url = reverse("procedure_map", args=[page.pk]) if page.pk else ""
            return context | {"report": report, "map_url": map_url}
