"""The report of a year as its page, its preview and its PDF show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.formats.letterhead import letterhead
from cms.formats.pdf import tagged_pdf
from procedures.mediation.figures import OTHERS, OTHERWISE, UNTIED, Figures, figures_of
from procedures.mediation.grouping import SMALLEST, Row
from procedures.mediation.models import MediatorReport, Outcome


@dataclass(frozen=True)
class Table:
    """Counts under a title; each row a label and its words."""

    title: str
    head: str
    rows: list[tuple[str, str]]


def shown(report: MediatorReport) -> dict[str, Any]:
    """What the templates need, in the active language; figures of today until the report is published."""
    figures = Figures.kept(report.figures) if report.published_at and report.figures else figures_of(report.year)
    return {
        "report": report,
        "title": _("Report of the mediator, %(year)s") % {"year": report.year},
        "facts": _facts(figures),
        "tables": [
            Table(_("What the complaints were about"), _("Procedure"), _rows(figures.procedures, {})),
            Table(_("Departments concerned"), _("Department"), _rows(figures.departments, {})),
            Table(_("How the mediations ended"), _("Outcome"), _rows(figures.outcomes, dict(Outcome.choices))),
        ],
        "smallest": SMALLEST,
        "words_language": settings.LANGUAGE_CODE,
    }


def report_pdf(report: MediatorReport) -> bytes:
    """The report as a tagged PDF, in the active language."""
    language = get_language() or settings.LANGUAGE_CODE
    context = shown(report) | {"town": letterhead(language)}
    town, html = context["town"], render_to_string("papers/mediator_report.html", context)
    return tagged_pdf(html, language=language, title=context["title"], style=town.style, files=town.files)


def report_name(report: MediatorReport) -> str:
    """What its file is called, in the active language."""
    return _("mediator-report") + f"-{report.year}.pdf"


def _facts(figures: Figures) -> list[tuple[str, str]]:
    few = _("too few to say")
    days, share = figures.median_days, figures.settled_percent
    return [
        (_("Complaints received"), _count(figures.received)),
        (_("Mediations ended"), _count(figures.ended)),
        (_("From receipt to end, half took less than"), few if days is None else _("%(n)s days") % {"n": days}),
        (
            _("Settled, among those the mediator could examine"),
            few
            if share is None
            else _("%(percent)s %% of %(count)s") % {"percent": share, "count": _count(figures.examined)},
        ),
    ]


def _rows(rows: list[Row], labels: dict[str, Any]) -> list[tuple[str, str]]:
    named = labels | {
        OTHERS: _("Others, fewer than %(smallest)s each") % {"smallest": SMALLEST},
        UNTIED: _("Tied to no request"),
        OTHERWISE: _("Otherwise"),
    }
    return [(str(named.get(label, label)), _count(count)) for label, count in rows]


def _count(count: int | None) -> str:
    return str(count) if count is not None else _("fewer than %(smallest)s") % {"smallest": SMALLEST}
