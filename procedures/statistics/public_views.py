"""« Nos délais » on the public site: a page, its chart, its table as a file."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import force_str
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.pages.facts import facts
from procedures.statistics import exporting
from procedures.statistics.charts import draw
from procedures.statistics.delays import Delays, delays
from procedures.statistics.showing import SMALLEST_SAMPLE

FOR_AN_HOUR = cache_control(max_age=3600, public=True)


def _asked() -> Delays:
    return delays(get_language() or settings.LANGUAGE_CODE)


@require_safe
@FOR_AN_HOUR
def page(request: HttpRequest) -> HttpResponse:
    """What is promised and what is done, procedure by procedure."""
    context = {
        "delays": _asked(),
        "smallest": SMALLEST_SAMPLE,
        "crumbs": [(_("Home"), facts(get_language() or "").home_url), (_("Our delays"), "")],
    }
    return render(request, "pages/delays.html", context)


@require_safe
@FOR_AN_HOUR
def chart(request: HttpRequest) -> HttpResponse:
    """The page's chart."""
    return HttpResponse(draw(_asked().chart()), content_type="image/svg+xml; charset=utf-8")


@require_safe
@FOR_AN_HOUR
def table(request: HttpRequest) -> HttpResponse:
    """The page's table as CSV."""
    found = _asked()
    header = [_("Procedure"), _("Announced delay"), _("Legal delay"), _("Answers")]
    rows = [[*header, *(force_str(one.label) for one in found.columns), _("Satisfaction")]]
    for line in found.lines:
        cells = [shown.text for shown in line.cells]
        rows.append([line.title, line.announced, line.legal, str(line.answers), *cells, line.satisfaction])
    return exporting.download(rows, "nos-delais", "csv")
